/// One unknown of a fit, after it.
package struct FittedParameter: Sendable {
  package var parameter: FitParameter
  /// A coefficient in its unit, or a factor.
  package var value: Double
  /// Of its logarithm: 0.1 is about 10 %.
  package var standardError: Double

  package init(_ parameter: FitParameter, value: Double, standardError: Double) {
    self.parameter = parameter
    self.value = value
    self.standardError = standardError
  }

  /// As `value`, before the fit.
  package var prior: Double { exponential(parameter.prior) }

  /// Whether the cases say more of it than was known without them.
  package var isIdentified: Bool { standardError <= 0.9 * parameter.deviation }
}

extension CalibrationFit {
  /// All unknowns at `state`.
  package func fitted(_ state: State) -> [FittedParameter] {
    let errors = standardErrors(state)
    return parameters.indices.map {
      FittedParameter(
        parameters[$0], value: exponential(state.values[$0]), standardError: errors[$0])
    }
  }

  /// Figures that the fit is held to.
  package var figureCount: Int { observations.count }
}
