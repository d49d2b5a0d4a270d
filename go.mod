module github.com/scenewire/scenewire

go 1.26

require (
	github.com/klauspost/compress v1.20.3
	github.com/lesismal/nbio v1.6.9
	github.com/vmihailenco/msgpack/v5 v5.4.1
	go.uber.org/zap v1.27.1
	golang.org/x/sys v0.38.0
	pgregory.net/rapid v1.3.0
)

require (
	github.com/vmihailenco/tagparser/v2 v2.0.0 // indirect
	go.uber.org/multierr v1.10.0 // indirect
)
