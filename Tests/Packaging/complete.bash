# What bash offers behind a command line that is begun, a line each: complete.bash PREFIX LINE
source "$1/share/bash-completion/completions/kavier"
COMP_LINE=$2
COMP_POINT=${#COMP_LINE}
read -ra COMP_WORDS <<< "$COMP_LINE"
[[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
function=$(complete -p kavier | sed 's/.*-F \([^ ]*\) .*/\1/')
# There is no line being edited whose options could be changed.
compopt() { :; }
"$function" kavier "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
