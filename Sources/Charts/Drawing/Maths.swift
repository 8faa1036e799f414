import Glibc

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
func decimalLogarithm(_ x: Double) -> Double { log10(x) }
