# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Shared by scripts/review, scripts/test and scripts/lint: what is missing from Debian, and the build. Nothing is done twice.
# Sourced, with the working folder at the top of the checkout.

# Packages of the given lists that are not installed.
missing_packages() {
  local wanted
  wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@")
  # shellcheck disable=SC2086
  comm -23 <(printf '%s\n' $wanted | sort -u) \
           <(dpkg-query -W -f='${Package} ${db:Status-Status}\n' | awk '$2 == "installed" {print $1}' | sort -u)
}

install_packages() {
  local missing sudo=
  missing=$(missing_packages "$@" | paste -sd " ")
  [ -n "$missing" ] || return 0
  local command="apt-get install -y --no-install-recommends $missing"
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
      sudo=sudo
    else
      printf 'These Debian packages are missing. Install them, then run this again:\n  apt-get update && %s\n' "$command" >&2
      return 2
    fi
  fi
  echo "installing: $missing" >&2
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086
  $sudo apt-get update -qq && $sudo ${sudo:+env DEBIAN_FRONTEND=noninteractive} $command >/dev/null
}

# build FOLDER TARGETS [cmake options]: configures once, then builds what changed. No targets: all.
build() {
  local folder=$1 targets=$2
  shift 2
  local launcher=
  command -v ccache >/dev/null && launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  export CCACHE_SLOPPINESS=pch_defines,time_macros  # else it stores nothing that is compiled with a precompiled header
  [ -f "$folder/build.ninja" ] || cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release $launcher "$@" >/dev/null
  # shellcheck disable=SC2086
  ninja -C "$folder" -j "$(nproc)" $targets
}
