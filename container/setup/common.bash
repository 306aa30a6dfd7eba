# Shared by the set-up scripts; source it. Needs bash.

say() { printf '==> %s\n' "$*" >&2; }

die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# need_root WHY: fills SUDO, the prefix of commands that need root; asks for a password now, where a person can answer.
SUDO=()
need_root() {
    [ "$(id -u)" -ne 0 ] && [ ${#SUDO[@]} -eq 0 ] || return 0
    command -v sudo >/dev/null 2>&1 || die "$1: run this as root, or install sudo"
    SUDO=(sudo)
    sudo -n true 2>/dev/null || { say "sudo is needed: $1"; sudo -v; } || die "$1: sudo refused"
}

# with_progress WHAT SECONDS COMMAND...: runs a long step quietly, within a time limit, and says every 15 s that it still runs.
# The output is shown only when the step fails.
with_progress() {
    local what=$1 limit=$2 log job status=0 waited=0
    shift 2
    log=$(mktemp)
    say "$what (at most $limit s)"
    timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 </dev/null &
    job=$!
    # shellcheck disable=SC2064
    trap "kill $job 2>/dev/null; exit 130" INT TERM
    while kill -0 "$job" 2>/dev/null; do
        sleep 0.5
        waited=$((waited + 1))
        if [ $((waited % 30)) -eq 0 ]; then
            say "  still at it after $((waited / 2)) s: $(tail -n 1 "$log" | cut -c 1-100)"
        fi
    done
    wait "$job" || status=$?
    trap - INT TERM
    if [ "$status" -ne 0 ]; then
        tail -n 60 "$log" >&2
        [ "$status" -ne 124 ] || say "$what: not done within $limit s"
    fi
    rm -f "$log"
    return "$status"
}

# install_packages REASON PACKAGE...: installs what is missing of these Debian packages.
install_packages() {
    local reason=$1 package missing=()
    shift
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null 2>&1 || die "$reason: please install ${missing[*]} (there is no apt-get here to do it)"
    say "installing ${missing[*]}: $reason"
    need_root "to install ${missing[*]}"
    # Several steps may install something one after the other: lists that were just read are not read again.
    # (The lists themselves bear the archive's dates; the directory that they come through bears this machine's.)
    if [ -z "$(find /var/lib/apt/lists/partial -maxdepth 0 -mmin -30 2>/dev/null)" ] || ! compgen -G '/var/lib/apt/lists/*Packages*' >/dev/null; then
        with_progress "reading the package lists" 180 "${SUDO[@]}" apt-get -q update ||
            say "some package lists could not be read; going on with what there is"
    fi
    with_progress "installing ${missing[*]}" 900 "${SUDO[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install -y --no-install-recommends "${missing[@]}" || die "could not install ${missing[*]}"
}

# find_docker: fills DOCKER with the command that reaches an engine (through sudo where the socket is root's); fails if none answers.
DOCKER=()
find_docker() {
    command -v docker >/dev/null 2>&1 || return 1
    DOCKER=(docker)
    timeout 20 docker version --format '{{.Server.Version}}' >/dev/null 2>&1 && return 0
    [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null 2>&1 || return 1
    DOCKER=(sudo docker)
    timeout 20 sudo -n docker version --format '{{.Server.Version}}' >/dev/null 2>&1
}

have_image() { "${DOCKER[@]}" image inspect "$1" >/dev/null 2>&1; }

# build_from_context CONTEXT BASE IMAGE WHAT: builds an image by the folder's Containerfile. Does nothing when no input changed. Needs find_docker before.
build_from_context() {
    local context=$1 base=$2 image=$3 what=$4 label=ovndb-ocf.inputs inputs name proxies=()
    inputs=$({ "${DOCKER[@]}" image inspect --format '{{.Id}}' "$base"; cd "$context" && find . -type f -print0 | sort -z | xargs -0 sha256sum; } | sha256sum | cut -d ' ' -f 1)
    if [ "$("${DOCKER[@]}" image inspect --format "{{index .Config.Labels \"$label\"}}" "$image" 2>/dev/null)" = "$inputs" ]; then
        return 0
    fi
    for name in http_proxy https_proxy no_proxy; do
        if [ -n "${!name-}" ]; then
            proxies+=(--build-arg "$name=${!name}")
        fi
    done
    # The legacy builder, which every engine has. The host's network, for machines where containers have no way out.
    DOCKER_BUILDKIT=0 with_progress "$what" 1200 \
        "${DOCKER[@]}" build --force-rm --network=host --build-arg "BASE=$base" "${proxies[@]}" \
        --label ovndb-ocf.image=1 --label "$label=$inputs" --tag "$image" --file "$context/Containerfile" "$context" ||
        die "could not build the image $image"
    "${DOCKER[@]}" image prune --force --filter label=ovndb-ocf.image=1 >/dev/null 2>&1 || true
}
