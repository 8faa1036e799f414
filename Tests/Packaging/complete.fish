# What fish offers behind a command line that is begun, a line each: complete.fish PREFIX LINE
source $argv[1]/share/fish/vendor_completions.d/kavier.fish
complete --do-complete $argv[2] | cut -f 1
