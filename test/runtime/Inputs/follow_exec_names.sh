# follow_exec_names.sh DIRECTORY: what a program starts with that was started with the runtime preloaded under several
# names. The innermost shell shows what it got; a runtime in it would not be told of follow_exec.
cd "$1" || exit 2
show='echo "$0: ${LD_PRELOAD-unset}"'
# started NAME LD_PRELOAD
started() { LD_PRELOAD=$2 CONNSAN_OPTIONS=follow_exec=0 env -u CONNSAN_OPTIONS /bin/sh -c "$show" "$1"; }
started full "$1/libconnsan_rt.so"
started relative ./libconnsan_rt.so
LD_LIBRARY_PATH=$1 started soname libconnsan_rt.so
started token "$1/\$LIB/../libconnsan_rt.so:$1/libconnsan_rt.so"
started alias "$1/alias.so"
started "relative alias" ./alias.so
started "hard link" "$1/hard.so"
LD_LIBRARY_PATH=$1 started "searched alias" alias.so
started "two names" "$1/alias.so:$1/libconnsan_rt.so"
started "other of the same name" "$1/alias.so:$1/other/alias.so"
started "other of a like name" "$1/libconnsan_rt.so:$1/other/xlibconnsan_rt.so"
started copy "$1/copy.so"
started "third name" "$1/hard.so:$1/alias.so"
started "another copy" "$1/alias.so:/nonesuch/libconnsan_rt.so"
started missing "/nonesuch/x.so:$1/libconnsan_rt.so"
started "both separators" "$1/other/alias.so $1/libconnsan_rt.so:$1/alias.so $1/other/xlibconnsan_rt.so"
LD_PRELOAD=$1/libconnsan_rt.so CONNSAN_OPTIONS=follow_exec=0 env -u CONNSAN_OPTIONS env X=1 env sh -c "$show" "through env"
LD_PRELOAD=$1/libconnsan_rt.so CONNSAN_OPTIONS=follow_exec=0 sh -c "unset CONNSAN_OPTIONS; sh -c '$show' 'through a shell'; :"
LD_PRELOAD=$1/libconnsan_rt.so CONNSAN_OPTIONS=follow_exec=0 \
  sh -c "LD_PRELOAD=$1/libconnsan_rt.so CONNSAN_OPTIONS=follow_exec=1 sh -c '$show' 'exported again'; :"
LD_PRELOAD=$1/libconnsan_rt.so CONNSAN_OPTIONS=follow_exec=1 env sh -c "$show" kept
LD_PRELOAD=$1/libconnsan_rt.so CONNSAN_OPTIONS=follow_exec=1 sh -c "env sh -c '$show' 'kept through a shell'; :"
LD_PRELOAD=$1/libconnsan_rt.so CONNSAN_OPTIONS="log_path='a:follow_exec=0'" env sh -c "$show" "not asked"
A=1 LD_PRELOAD=$1/libconnsan_rt.so B=2 CONNSAN_OPTIONS=follow_exec=0 env sh -c 'echo "$0: A=$A B=$B"' "others untouched"
LD_PRELOAD=$1/libconnsan_rt.so CONNSAN_OPTIONS=follow_exec=0:follow_exec=1 env sh -c "$show" "last option wins"
