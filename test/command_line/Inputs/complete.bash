# complete.bash SCRIPT WORD...: what bash makes of the last word, as bash-completion has it, one answer a line.
source /usr/share/bash-completion/bash_completion
source "$1"
shift
# As bash splits a line for a completion function: "=" is a word of its own.
COMP_WORDS=()
for Word in "$@"; do
  while [[ $Word == *=* ]]; do
    [[ -n ${Word%%=*} ]] && COMP_WORDS+=("${Word%%=*}")
    COMP_WORDS+=("=")
    Word=${Word#*=}
    [[ -n $Word ]] || continue 2
  done
  COMP_WORDS+=("$Word")
done
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE=$*
COMP_POINT=${#COMP_LINE}
# There is no line that is edited.
compopt() { [[ $* == "-o nospace" ]] && echo "nospace"; return 0; }
_connsan connsan "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
