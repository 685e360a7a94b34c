set breakpoint pending on
break add
run
backtrace 2
