# ANCHOR: main
run --all
# ANCHOR_END: main
