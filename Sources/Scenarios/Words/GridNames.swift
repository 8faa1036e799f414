import Impact
import TextAndBytes

/// What people call a grid that the catalogue has under its country's code.
enum GridNames {
  /// What `word` may have been meant to be, as codes of the catalogue.
  static func guesses(for word: String) -> [String] {
    let plain = word.lowercased()
    if let exact = Grids.all.first(where: {
      [$0.code.lowercased(), $0.country.lowercased()].contains(plain)
    }) {
      return [exact.code]
    }
    if let code = twoLetters[String(plain.prefix { $0 != "-" && $0 != "_" })], plain.count < 16,
      regions[plain] == nil, Grids.named(code) != nil
    {
      return [code]
    }
    if let code = regions[plain] { return [code] }
    let names = Spelling.guesses(for: word, of: Grids.all.map(\.country))
    let codes = names.compactMap { name in Grids.all.first { $0.country == name }?.code }
    return codes.isEmpty ? Spelling.guesses(for: word, of: Grids.all.map(\.code)) : codes
  }

  /// `; did you mean DEU (Germany)?`, or nothing.
  static func hint(for word: String) -> String {
    let guesses = guesses(for: word).map { code in
      "\(code) (\(Grids.named(code)?.country ?? ""))"
    }
    return guesses.isEmpty ? "" : "; did you mean \(guesses.joined(separator: " or "))?"
  }

  /// ISO 3166's codes of two letters, which zones of Electricity Maps begin with, too (`US-CAL-CISO`).
  private static let twoLetters = [
    "ar": "ARG", "at": "AUT", "au": "AUS", "be": "BEL", "bg": "BGR", "br": "BRA", "ca": "CAN",
    "ch": "CHE", "cl": "CHL", "cn": "CHN", "cz": "CZE", "de": "DEU", "dk": "DNK", "ee": "EST",
    "es": "ESP", "fi": "FIN", "fr": "FRA", "gb": "GBR", "uk": "GBR", "gr": "GRC", "hk": "HKG",
    "hr": "HRV", "hu": "HUN", "id": "IDN", "ie": "IRL", "il": "ISR", "in": "IND", "is": "ISL",
    "it": "ITA", "jp": "JPN", "kr": "KOR", "lt": "LTU", "lu": "LUX", "lv": "LVA", "mx": "MEX",
    "my": "MYS", "nl": "NLD", "no": "NOR", "nz": "NZL", "pl": "POL", "pt": "PRT", "qa": "QAT",
    "ro": "ROU", "rs": "SRB", "sa": "SAU", "se": "SWE", "sg": "SGP", "si": "SVN", "sk": "SVK",
    "th": "THA", "tr": "TUR", "tw": "TWN", "ua": "UKR", "us": "USA", "vn": "VNM", "za": "ZAF",
  ]

  /// Regions of AWS, Google Cloud and Azure, by the country they lie in.
  private static let regions: [String: String] = {
    let lists = [
      "USA": """
      us-east-1 us-east-2 us-west-1 us-west-2 us-central1 us-east1 us-east4 us-east5 us-south1 \
      us-west1 us-west2 us-west3 us-west4 eastus eastus2 westus westus2 westus3 centralus \
      northcentralus southcentralus
      """,
      "DEU": "eu-central-1 europe-west3 europe-west10 germanywestcentral",
      "IRL": "eu-west-1 northeurope", "GBR": "eu-west-2 europe-west2 uksouth ukwest",
      "FRA": "eu-west-3 europe-west9 francecentral",
      "SWE": "eu-north-1 europe-north2 swedencentral",
      "CHE": "eu-central-2 europe-west6 switzerlandnorth",
      "ITA": "eu-south-1 europe-west8 italynorth",
      "ESP": "eu-south-2 europe-southwest1 spaincentral", "NLD": "europe-west4 westeurope",
      "BEL": "europe-west1 belgiumcentral", "FIN": "europe-north1", "NOR": "norwayeast",
      "POL": "europe-central2 polandcentral", "DNK": "denmarkeast", "AUT": "austriaeast",
      "JPN": "ap-northeast-1 ap-northeast-3 asia-northeast1 asia-northeast2 japaneast japanwest",
      "KOR": "ap-northeast-2 asia-northeast3 koreacentral", "TWN": "asia-east1",
      "SGP": "ap-southeast-1 asia-southeast1 southeastasia", "HKG": "ap-east-1 asia-east2 eastasia",
      "AUS": "ap-southeast-2 ap-southeast-4 australia-southeast1 australiaeast",
      "IND": "ap-south-1 ap-south-2 asia-south1 centralindia",
      "IDN": "ap-southeast-3 asia-southeast2",
      "CAN": "ca-central-1 ca-west-1 northamerica-northeast1 canadacentral canadaeast",
      "BRA": "sa-east-1 southamerica-east1 brazilsouth", "ZAF": "af-south-1 southafricanorth",
      "ARE": "me-central-1 uaenorth", "BHR": "me-south-1", "QAT": "me-central1 qatarcentral",
      "ISR": "il-central-1 me-west1 israelcentral",
    ]
    return Dictionary(
      lists.flatMap { code, names in names.split(separator: " ").map { (String($0), code) } },
      uniquingKeysWith: { first, _ in first })
  }()
}
