"""Integer loops: the only room whose functions are compiled. It knows bytes, numbers and arrays, no news."""

from framing.kernel.jit import Kernel, compile_kernels, compiles, inlined, interpreted, kernel, worth_compiling

__all__ = ["Kernel", "compile_kernels", "compiles", "inlined", "interpreted", "kernel", "worth_compiling"]
