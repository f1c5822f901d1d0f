# Gives Boost::headers, 1.81 or newer. Only headers are used: those of the CMake package, or those
# in LIBTODO_BOOST_INCLUDE_DIR if that is set.

if(TARGET Boost::headers)
  return()
endif()

if(NOT EMSCRIPTEN AND NOT LIBTODO_BOOST_INCLUDE_DIR)
  find_package(Boost 1.81 REQUIRED)
  return()
endif()

# Emscripten searches its own sysroot only, and all of /usr/include would mix the host's C library
# in: so a folder that holds nothing but a link to Boost.
find_path(LIBTODO_BOOST_INCLUDE_DIR boost/version.hpp
          PATHS /usr/local/include /usr/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED
          DOC "Folder that holds boost/ (headers, 1.81 or newer)")
file(STRINGS ${LIBTODO_BOOST_INCLUDE_DIR}/boost/version.hpp boost_version
     REGEX "^#define BOOST_VERSION [0-9]+")
string(REGEX REPLACE "[^0-9]" "" boost_version "${boost_version}")
if(boost_version LESS 108100)
  message(FATAL_ERROR "libtodo needs Boost 1.81 or newer; "
                      "${LIBTODO_BOOST_INCLUDE_DIR} holds ${boost_version}")
endif()
set(only_boost ${CMAKE_BINARY_DIR}/only_boost)
file(MAKE_DIRECTORY ${only_boost})
file(CREATE_LINK ${LIBTODO_BOOST_INCLUDE_DIR}/boost ${only_boost}/boost SYMBOLIC)
add_library(Boost::headers INTERFACE IMPORTED GLOBAL)
target_include_directories(Boost::headers INTERFACE ${only_boost})
