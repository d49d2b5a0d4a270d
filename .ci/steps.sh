# shellcheck shell=bash disable=SC2154,SC2164
# Sourced by run: the steps. Each runs in a process of its own, in the
# repository's root, with set -e; its output is what a reader of a failure needs.

step_test() {
  local command
  command=$(readme_command 'go test ')
  say "$command"
  bash -euo pipefail -c "$command"
}

# readme_command prints the one command in README.md that begins with $1.
readme_command() {
  [[ -f README.md ]] || die "there is no README.md"
  local found
  found=$(sed -nE "s/^ *(\\$ )?($1[^#]*[^# ]).*/\2/p" README.md | head -n 1)
  [[ -n $found ]] || die "README.md has no line that begins with '$1'"
  echo "$found"
}

step_readme() {
  [[ -f README.md ]] || die "there is no README.md"
  local dir count
  dir=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$dir'" EXIT
  awk -v dir="$dir" '
    /^```go$/ { inside = 1; n++; next }
    /^```/    { inside = 0 }
    inside    { print > (dir "/" n ".go") }
  ' README.md
  count=0
  local file
  for file in "$dir"/*.go; do
    if grep -qs '^package main$' "$file"; then
      go vet "$file"
      count=$((count + 1))
    fi
  done
  [[ $count -gt 0 ]] || die 'README.md has no complete Go program (a ```go block with "package main")'
  say "programs in README.md that compile: $count"
  check_benchmark_pages
}

# check_benchmark_pages writes tables and charts from benchmarks/results again.
check_benchmark_pages() {
  say "go generate ./benchmarks/..."
  go generate ./benchmarks/...
  unchanged README.md benchmarks docs
}

# unchanged PATH... fails if what a step has just made differs from the committed files.
unchanged() {
  local changed
  changed=$(git status --porcelain -- "$@")
  [[ -n $changed ]] || return 0
  echo "the committed files differ from what a build makes:"
  echo "$changed"
  git diff --stat -- "$@"
  return 1
}

step_race() {
  need_cc
  CGO_ENABLED=1 go test -race -timeout 9m ./...
}

# step_promises runs more of what step_race has run a little of.
step_promises() {
  need_cc
  CGO_ENABLED=1 SCENEWIRE_PROGRAMS=2000 SCENEWIRE_STRESS=5s \
    go test -race -timeout 9m -v -run '^(TestPromises|TestStress)' . | grep -v '^=== '
}

# step_recordings kills captures, and plays captured programs into second servers: more of
# what step_test has done a little of.
step_recordings() {
  SCENEWIRE_PROGRAMS=1000 go test -count=1 -v -run '^TestRecordingsPlayBack' . | grep -v '^=== '
  SCENEWIRE_KILLS=200 go test -count=1 -v -run '^TestKilledCapture' ./record | grep -v '^=== '
}

# The probes run with the best way to read and write among the tests; these are the others.
step_probe() {
  SCENEWIRE_PROBE_WRITER=write go test -count=1 ./internal/probe
  SCENEWIRE_PROBE_TRANSPORT=goroutines go test -count=1 ./internal/probe
}

step_chaos() { bash .ci/chaos; }

# The main module runs elsewhere, too: at least it must compile there.
step_vet() {
  in_each_module go vet ./...
  local system
  for system in darwin/arm64 windows/amd64; do
    say "go build ./... and go vet ./... for $system"
    GOOS=${system%/*} GOARCH=${system#*/} go build ./...
    GOOS=${system%/*} GOARCH=${system#*/} go vet ./...
  done
}

# in_each_module COMMAND... runs it in every module, as if there were no go.work, and
# fails if it failed in one.
in_each_module() {
  local dirs dir bad=0
  mapfile -t dirs < <(module_dirs)
  for dir in "${dirs[@]}"; do
    say "$* in $dir"
    (cd "$dir" && GOWORK=off "$@") || bad=1
  done
  return "$bad"
}

step_lint() {
  go_tool mvdan.cc/gofumpt "$gofumpt_version"
  go_tool github.com/golangci/golangci-lint/v2/cmd/golangci-lint "$golangci_lint_version"
  local files bad=0
  files=$(go_files | xargs gofumpt -l)
  if [[ -n $files ]]; then
    echo "not as gofumpt would write them:"
    echo "$files"
    bad=1
  fi
  in_each_module golangci-lint run --config "$root/.golangci.yml" ./... || bad=1
  return "$bad"
}

step_modules() { in_each_module go mod tidy -diff && in_each_module go mod verify; }

step_fuzz() { bash .ci/fuzz; }

step_typescript() {
  web_package clients/typescript "clients/typescript examples/rooms" check test build
  check_generated
  npm_ci clients/typescript/apidoc
  say "typedoc in clients/typescript/apidoc"
  (cd clients/typescript/apidoc && npm run --silent build)
}

# check_generated checks what tsgen writes: that it is what the sources give, and that the
# compiler takes it, in the tests' files and in those that use it.
check_generated() {
  say "tsgen --check"
  go run ./tsgen/cmd/tsgen --check -o examples/playground/web/src/messages.gen.ts ./examples/playground
  go run ./tsgen/cmd/tsgen --check -o examples/rooms/types/messages.gen.ts ./examples/rooms
  local project
  for project in tsgen/testdata examples/rooms/types; do
    say "tsc -p $project"
    (cd clients/typescript && npx --no-install tsc -p "$root/$project")
  done
}

# The page's client is the one in clients/typescript, by a relative path: npm
# does not install what that needs.
step_playground() {
  npm_ci clients/typescript
  web_package examples/playground/web examples/playground check build
}

# The page of scenerec shows scenes with the playground's stage.
step_player() {
  npm_ci clients/typescript
  npm_ci examples/playground/web
  web_package cmd/scenerec/page/web cmd/scenerec/page check build
}

# The dashboard shares the playground's colours and controls.
step_dashboard() {
  say "tsgen --check"
  go run ./tsgen/cmd/tsgen --check -o benchmarks/dashboard/web/src/messages.gen.ts ./benchmarks/dashboard
  npm_ci clients/typescript
  web_package benchmarks/dashboard/web benchmarks/dashboard check build
}

# web_package DIR BUILT SCRIPT... checks one npm package: that its lock file
# holds, that its types are strict, that its scripts pass, and that they leave
# the committed files below the directories BUILT as they were, byte for byte.
web_package() {
  local dir=$1 built script
  read -ra built <<<"$2"
  shift 2
  npm_ci "$dir"
  (cd "$dir" && npx --no-install tsc --showConfig) | grep '"strict": true' >/dev/null || die "$dir/tsconfig.json is not strict"
  for script in "$@"; do
    say "npm run $script in $dir"
    (cd "$dir" && npm run --silent "$script")
  done
  unchanged "${built[@]}"
}

npm_ci() { # DIR
  [[ -f $1/package-lock.json ]] || die "$1 has no package-lock.json"
  need_node
  say "npm ci in $1, with node $(node --version), npm $(npm --version)"
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
}

step_browser() {
  need_chromium
  export GOWORK=off
  export SCENEWIRE_REQUIRE_BROWSER=1 SCENEWIRE_FLOOD=60s
  cd internal/browsertest
  go test -count=1 -timeout 9m ./...
}

step_autobahn() { bash .ci/autobahn; }

step_benchstat() {
  go_tool golang.org/x/perf/cmd/benchstat "$benchstat_version"
  bash .ci/benchstat
}

step_loadgen() {
  need_command jq jq
  bash .ci/loadgen
}

# The tests run without go.work, and the command as its documentation has it.
step_rivals() {
  need_cc
  need_viser_python
  export SCENEWIRE_VISER_PYTHON=$python_bin/python SCENEWIRE_REQUIRE_RIVALS=1
  (cd benchmarks/rivals && GOWORK=off go test -count=1 -timeout 4m ./...)
  local report=$SCENEWIRE_CI_ARTIFACTS/rivals.json
  go run ./benchmarks/rivals --quick --rounds 1 --clients 50 --seconds 0.1 --json "$report"
  local server
  for server in c-epoll viser; do # the ones that are left out where they can't be built
    grep -q "\"$server\"" "$report" || die "$server is not among those that were measured"
  done
  say "report: $report"
}

step_viser() {
  need_chromium
  need_viser_python
  local dir=$SCENEWIRE_CI_CACHE/viser-$viser_version
  export SCENEWIRE_REQUIRE_BROWSER=1 SCENEWIRE_VISER_CLIENT=$dir/viser/client/build SCENEWIRE_PYTHON=$python_bin/python
  export SCENEWIRE_VISER_PYTHON=$python_bin/python
  cd internal/conformance/viser
  GOWORK=off go test -count=1 -timeout 6m ./...
}
