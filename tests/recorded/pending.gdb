set breakpoint pending on
break basic_plugin::add
run
backtrace 2
info sharedlibrary basic_plugin
