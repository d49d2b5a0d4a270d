package scenewire

import (
	"fmt"
	"time"

	"pgregory.net/rapid"
)

// program is a server's life. Each phase ends with a rest, at which every client is
// compared with the log.
type program struct {
	Interval    time.Duration // between windows
	MaxMessages int           // of a window
	MaxBytes    int           // of a window
	Forgetful   bool          // removals aren't kept for clients that were away
	Old         bool          // clients without a subprotocol get a map for each message
	Clients     []visitor     // before the first phase
	Phases      []phase
	Drain       bool   // ends with Shutdown, or else with Close
	Last        []step // before that
}

// GoString is what rapid prints.
func (p program) GoString() string {
	type plain program
	return fmt.Sprintf("%+v", plain(p))
}

// phase is what happens at the same time.
type phase struct {
	Quiet     step     // comes first, alone, if it is a batch
	Producers [][]step // one goroutine for each
	Clients   []clientStep
}

// action is what a producer does.
type action string

const (
	doBroadcast       action = "broadcast"
	doBroadcastExcept action = "broadcast except"
	doAtomic          action = "atomic"
	doAtomicAndLose   action = "atomic, a client goes meanwhile"
	doAtomicAndFail   action = "atomic that fails"
	doScene           action = "scene"
	doSceneAtomic     action = "scene, atomic"
	doFlush           action = "flush"
	doSend            action = "send"
	doSendAtomic      action = "send atomic"
	doFlushClient     action = "flush client"
	doRemove          action = "remove"
	doHold            action = "pause client, or let it go on"
	doPause           action = "pause"
)

// step is one call of a producer.
type step struct {
	Do     action
	Client int           // counted among those that are connected then
	Key    int           // 0: none
	Count  int           // messages of a batch, repetitions of anything else
	Large  int           // bytes of the largest message; 0: all are small
	Noise  bool          // it doesn't shrink
	Nodes  []nodeStep    // of a scene
	Pause  time.Duration // afterwards, or within a batch
}

// nodeStep is something that happens to a node of its producer's tree.
type nodeStep struct {
	Kind kind
	Node int // in nodeNames
}

// nodeNames are the nodes of a producer's tree, parents first.
var nodeNames = []string{"/a", "/a/b", "/a/b/c", "/a/d", "/e", "/e/f"}

// clientAction is what the clients do.
type clientAction string

const (
	doJoin   clientAction = "join"
	doStall  clientAction = "stall"
	doSlow   clientAction = "slow"
	doShout  clientAction = "shout"
	doReset  clientAction = "reset"
	doClose  clientAction = "close"
	doKick   clientAction = "kick"   // the server closes it
	doBreak  clientAction = "break"  // its connection breaks; it comes back if it can
	doResync clientAction = "resync" // it asks for what it has had
	doForget clientAction = "forget" // the server removes from its log
	doRest   clientAction = "rest"
)

// clientStep is something that a client does, or that happens to it.
type clientStep struct {
	Do     clientAction
	Client int // counted among those that are connected then
	Key    int // of what is forgotten; 0: none
	Count  int // messages of a shout
	Join   visitor
	Pause  time.Duration // of a stall, between a slow client's reads, or of a rest
}

// visitor is what a client is.
type visitor struct {
	Subprotocol   string
	Resumes       bool // it comes back when its connection breaks
	Echoes        bool // it filters its echoes by itself
	MaxRate       int  // windows per second; 0: no limit
	SingleFrame   bool
	ReceiveBuffer int           // bytes; 0: the kernel's
	OpenFor       time.Duration // how long its OnConnect takes
}

const (
	promiseKeys  = 6
	maxProducers = 3
)

var (
	smallPause = rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.IntRange(0, 2000).Draw(t, "µs")) * time.Microsecond
	})

	visitorGen = rapid.Custom(func(t *rapid.T) visitor {
		v := visitor{
			Subprotocol:   rapid.SampledFrom([]string{Subprotocol, Subprotocol, "viser-v1.0.21", "viser-v1.0.5", ""}).Draw(t, "subprotocol"),
			SingleFrame:   rapid.Bool().Draw(t, "single frame"),
			ReceiveBuffer: rapid.SampledFrom([]int{0, 32 << 10}).Draw(t, "receive buffer"),
			OpenFor:       rapid.SampledFrom([]time.Duration{0, 0, time.Millisecond}).Draw(t, "open for"),
		}
		if v.Subprotocol == Subprotocol {
			v.Resumes = rapid.Bool().Draw(t, "resumes")
			v.Echoes = rapid.Bool().Draw(t, "echoes")
			v.MaxRate = rapid.SampledFrom([]int{0, 0, 500}).Draw(t, "max rate")
		}
		return v
	})

	stepGen = rapid.Custom(func(t *rapid.T) step {
		do := rapid.SampledFrom([]action{
			doBroadcast, doBroadcast, doBroadcast, doBroadcastExcept, doBroadcastExcept,
			doAtomic, doAtomic, doAtomicAndLose, doAtomicAndFail, doScene, doScene, doSceneAtomic,
			doFlush, doSend, doSendAtomic, doFlushClient, doHold, doHold, doRemove, doPause,
		}).Draw(t, "do")
		return drawStep(t, do)
	})

	nodeStepGen = rapid.Custom(func(t *rapid.T) nodeStep {
		return nodeStep{
			Kind: rapid.SampledFrom([]kind{created, created, created, posed, posed, removed, flashed}).Draw(t, "kind"),
			Node: rapid.IntRange(0, len(nodeNames)-1).Draw(t, "node"),
		}
	})

	batchGen = rapid.Custom(func(t *rapid.T) step { return drawStep(t, doAtomic) })

	clientStepGen = rapid.Custom(func(t *rapid.T) clientStep {
		return clientStep{
			Do: rapid.SampledFrom([]clientAction{
				doJoin, doJoin, doJoin, doStall, doStall, doSlow, doShout, doShout,
				doReset, doClose, doKick, doForget, doForget, doRest, doRest,
				doBreak, doBreak, doBreak, doResync,
			}).Draw(t, "do"),
			Client: rapid.IntRange(0, 7).Draw(t, "client"),
			Key:    rapid.SampledFrom([]int{0, 0, 1, 2, 3}).Draw(t, "key"),
			Count:  rapid.IntRange(1, 20).Draw(t, "count"),
			Join:   visitorGen.Draw(t, "join"),
			Pause:  smallPause.Draw(t, "pause"),
		}
	})

	phaseGen = rapid.Custom(func(t *rapid.T) phase {
		p := phase{
			Producers: rapid.SliceOfN(rapid.SliceOfN(stepGen, 0, 10), 0, maxProducers).Draw(t, "producers"),
			Clients:   rapid.SliceOfN(clientStepGen, 0, 6).Draw(t, "clients"),
		}
		if rapid.Bool().Draw(t, "quiet") {
			p.Quiet = batchGen.Draw(t, "quiet step")
		}
		return p
	})

	programGen = rapid.Custom(func(t *rapid.T) program {
		return program{
			Interval:    rapid.SampledFrom([]time.Duration{-1, time.Millisecond, 0}).Draw(t, "interval"),
			MaxMessages: rapid.SampledFrom([]int{1, 5, 0, 0}).Draw(t, "max messages"),
			MaxBytes:    rapid.SampledFrom([]int{2 << 10, 20 << 10, 0, 0}).Draw(t, "max bytes"),
			Forgetful:   rapid.Bool().Draw(t, "forgetful"),
			Old:         rapid.Bool().Draw(t, "old"),
			Clients:     rapid.SliceOfN(visitorGen, 0, 4).Draw(t, "clients"),
			Phases:      rapid.SliceOfN(phaseGen, 1, 3).Draw(t, "phases"),
			Drain:       rapid.Bool().Draw(t, "drain"),
			Last:        rapid.SliceOfN(stepGen, 0, 5).Draw(t, "last"),
		}
	})
)

func drawStep(t *rapid.T, do action) step {
	s := step{
		Do:     do,
		Client: rapid.IntRange(0, 7).Draw(t, "client"),
		Key:    rapid.IntRange(0, promiseKeys).Draw(t, "key"),
		Count:  rapid.SampledFrom([]int{1, 2, 3, 10}).Draw(t, "count"),
		Large:  rapid.SampledFrom([]int{0, 0, 0, 3000, packBytes, 40_000}).Draw(t, "large"),
		Noise:  rapid.Bool().Draw(t, "noise"),
		Pause:  rapid.SampledFrom([]time.Duration{0, 0, 200 * time.Microsecond, 2 * time.Millisecond}).Draw(t, "pause"),
	}
	if do == doScene || do == doSceneAtomic {
		s.Nodes = rapid.SliceOfN(nodeStepGen, 1, 12).Draw(t, "nodes")
	}
	if do == doAtomic || do == doSendAtomic {
		s.Count = rapid.SampledFrom([]int{1, 4, 20, 129, 300}).Draw(t, "batch")
	}
	return s
}
