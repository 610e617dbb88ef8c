#!/bin/sh
# Installs what the named groups of packages.list need and this machine lacks: install.sh GROUP...
# Says what it installs; quick and silent when nothing is missing. Exit 2 when it cannot install.
set -eu
list=$(dirname "$0")/packages.list
missing=
for group in "$@"; do
  for package in $(sed -n "s/^$group  *//p" "$list"); do
    case " $missing " in *" $package "*) continue ;; esac
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
      missing="$missing $package"
  done
done
[ -n "$missing" ] || exit 0
as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "set-up: these Debian packages are missing and neither root nor sudo is at hand:$missing" >&2
    exit 2
  }
  as_root=sudo
fi
echo "set-up: installing Debian packages:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # the list is meant to split
{
  $as_root apt-get update -qq >/dev/null
  $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
