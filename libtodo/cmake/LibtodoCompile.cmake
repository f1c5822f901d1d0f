# How every target of the project is compiled: libtodo_compile_options(target).

option(LIBTODO_WARNINGS_AS_ERRORS "Stop at a warning (the presets do)" OFF)
set(LIBTODO_SANITIZE "" CACHE STRING "Argument of -fsanitize=, for example address,undefined")

# A host's own choice is left alone.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES
   AND (libtodo_IS_TOP_LEVEL OR libtodo_all_IS_TOP_LEVEL))
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug, RelWithDebInfo or MinSizeRel" FORCE)
endif()

function(libtodo_compile_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
  if(NOT EMSCRIPTEN)
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 /utf-8)
  else()
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                             -Wno-sign-conversion)
    # Clang 14 calls a captured `this` unused where a generic lambda needs it for some types only.
    target_compile_options(${target} PRIVATE
      $<$<CXX_COMPILER_ID:Clang,AppleClang>:-Wno-unused-lambda-capture>)
    # Optimising, g++ 12 sees strings overlap where "a" + b is put together (its bug 105651).
    target_compile_options(${target} PRIVATE
      $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict>)
  endif()
  set_target_properties(${target} PROPERTIES
    COMPILE_WARNING_AS_ERROR ${LIBTODO_WARNINGS_AS_ERRORS})
  if(LIBTODO_SANITIZE)
    target_compile_options(${target} PUBLIC -fsanitize=${LIBTODO_SANITIZE}
                                            -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${LIBTODO_SANITIZE})
  endif()
  if(EMSCRIPTEN)
    target_compile_options(${target} PUBLIC -fwasm-exceptions)
    target_link_options(${target} PUBLIC -fwasm-exceptions)
  endif()
endfunction()
