import KavierOriginal
import Testing

struct EfficiencyTests {
  private let sums = Efficiency.Sums(
    tokens: 2_000_000, duration: 7_200_000, joules: 7_200_000, carbon: 500)

  @Test func `0.1.0 multiplies energy and carbon by time`() {
    #expect(
      Efficiency(sums, price: nil, Behaviour(.v0_1_0)).text == """

        ----------  Efficiency summary  ----------
        financial_efficiency (EUR / million token / s): 10
        sustainability_efficiency (Wh / million token / s): 25,920
        sustainability_efficiency (kgCO2 / million token / s): 1,800
                                      total_tokens: 2e+06
                                   total_latency_s: 7,200
        ------------------------------------------

        """)
  }

  @Test func `0.5.3 divides by tokens`() {
    #expect(
      Efficiency(sums, price: 1.5, Behaviour(.v0_5_3)).text == """

        ----------  Efficiency summary  ----------
                     energy_efficiency (Wh/Mtoken): 1,000
                   carbon_efficiency (gCO2/Mtoken): 250
                   financial_efficiency ($/Mtoken): 1.5
                                      total_tokens: 2e+06
        ------------------------------------------

        """)
    #expect(
      Efficiency(sums, price: nil, Behaviour(.v0_5_3)).text.contains(
        "N/A  (pass --price to compute)"))
  }

  @Test func `the correction of units makes 0.1.0 say what 0.5.3 says`() {
    let corrected = Efficiency(sums, price: 1, Behaviour(.v0_1_0, correcting: [.units]))
    #expect(corrected.lines == Efficiency(sums, price: 1, Behaviour(.v0_5_3)).lines)
  }
}
