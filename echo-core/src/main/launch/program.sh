#!/bin/sh
# Starts the program whose jar, of the same name, is one folder up: sooner than `java -jar`, with
# the archive of its classes and the native libraries that the build put beside it, and in less
# memory.
#
#   JAVA_HOME       which Java, if not the one on the PATH
#   ECHO_JAVA_OPTS  more options for it, such as -Xmx64m
set -u

self=$0
case $self in
  */*) ;;
  *) self=./$self ;;
esac
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
  esac
done
name=${self##*/}
home=$(cd "${self%/*}/.." && pwd -P) || exit 127
jar=$home/$name.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
java=$(command -v "$java") || {
  echo "$name: no Java to run it: set JAVA_HOME or PATH" >&2
  exit 127
}
real=$(readlink -f "$java" 2>/dev/null) || real=$java

# Java takes an archive only if all of this is as it was; otherwise it would say so, and do without.
fits() {
  [ -r "$1.of" ] && [ -r "$1" ] && ! [ "$jar" -nt "$1" ] || return 1
  { read -r made_by && read -r made_of; } <"$1.of"
  [ "$made_by" = "$real" ] && [ "$made_of" = "$jar" ]
}

# Sets `version` to the first number of this Java's version.
ask_version() {
  version=0
  [ -r "${real%/bin/java}/release" ] || return 1
  while IFS='="' read -r key _ value _; do
    if [ "$key" = JAVA_VERSION ]; then
      version=${value%%[!0-9]*}
      return
    fi
  done <"${real%/bin/java}/release"
}

# Sets `flat` to a path as one word.
flatten() {
  IFS=/
  set -f
  set -- $1
  IFS=%
  flat=$*
  unset IFS
  set +f
}

# From 19 on Java makes and mends an archive by itself, when a program ends that had none.
own_archive() {
  ask_version && [ "$version" -ge 19 ] || return 1
  cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
  [ -n "$cache" ] || return 1
  [ -d "$cache/echo" ] || mkdir -p "$cache/echo" 2>/dev/null || return 1
  [ -w "$cache/echo" ] || return 1
  flatten "$jar"
  archive=$cache/echo/java$version$flat.jsa
}

archive=$home/$name.jsa
if fits "$archive"; then
  # The libraries are of the same jar, made after it.
  set -- -XX:SharedArchiveFile="$archive" -Xlog:disable -Djava.library.path="$home/native" \
    ${ECHO_JAVA_OPTS:-} -jar "$jar" "$@"
elif own_archive; then
  set -- -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="$archive" -Xlog:disable \
    ${ECHO_JAVA_OPTS:-} -jar "$jar" "$@"
else
  set -- ${ECHO_JAVA_OPTS:-} -jar "$jar" "$@"
fi
# The collector with the fewest threads, and a heap that grows only when it must.
exec "$java" -XX:+UseSerialGC -Xms16m "$@"
