# The line that zsh makes of one that is begun when Tab is pressed: complete.zsh PREFIX LINE
#
# The completion system wants a terminal, so a shell is started on one of its own. It tells the line
# between < and >, with ^ for the cursor.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; unsetopt zle_bracketed_paste; fpath=($1/share/zsh/site-functions \$fpath)"
zpty -w shell 'autoload -Uz compinit; compinit -u -D'
zpty -w shell 'tell() { print -r -- "<$LBUFFER^$RBUFFER>" >&3; exit; }; zle -N tell; bindkey "^X" tell'
zpty -w shell "exec 3> ${TMPDIR:-/tmp}/complete.$$; print rea''dy"
zpty -r shell told '*ready*'
zpty -w -n shell "$2"$'\t'
sleep 1
zpty -w -n shell $'\x18'
zpty -r shell told '*never*'
zpty -d shell
cat "${TMPDIR:-/tmp}/complete.$$" && rm "${TMPDIR:-/tmp}/complete.$$"
