# Sets LIBTODO_BOOST_INCLUDE_DIR to the headers of PyPI's boost-headers unless the system has Boost.

find_package(Boost 1.81 QUIET)
if(NOT Boost_FOUND)
  find_package(Python 3.10 REQUIRED COMPONENTS Interpreter)
  execute_process(
    COMMAND ${Python_EXECUTABLE} -c "import boost_headers; print(boost_headers.get_include())"
    OUTPUT_VARIABLE LIBTODO_BOOST_INCLUDE_DIR OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
endif()
