#!/usr/bin/fish --no-config
# complete.fish SCRIPT LINE: what fish offers at the end of the line, one answer a line.
source $argv[1]
complete -C $argv[2]
