// SPDX-License-Identifier: Apache-2.0
#include "ingest/name_proposal.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <set>
#include <string_view>

#include "core/time.h"
#include "core/vocabulary.h"
#include "ingest/name_pattern.h"

namespace vioreview {
namespace {

// Of names that share a build: the others may be spoiled.
constexpr double kMostOf = 0.9;
constexpr std::size_t kFewest = 3, kMostProposals = 8, kMostExamined = 1000, kMostParts = 24;

// A name cut at its marks: mark, part, mark, part, ... The first mark may be empty.
struct Cut {
  std::vector<std::string> marks, parts;
};

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool is_mark(char c) {
  return c >= 0x20 && c < 0x7F && !std::isalnum(static_cast<unsigned char>(c));
}

Cut cut_at_marks(std::string_view name) {
  Cut cut;
  while (!name.empty()) {
    const auto part = std::find_if_not(name.begin(), name.end(), is_mark);
    const auto end = std::find_if(part, name.end(), is_mark);
    cut.marks.emplace_back(name.begin(), part);
    cut.parts.emplace_back(part, end);
    name.remove_prefix(static_cast<std::size_t>(end - name.begin()));
  }
  return cut;
}

// Names with the same build may have the same template.
std::string build_of(const Cut& cut) {
  std::string build;
  for (std::size_t i = 0; i < cut.parts.size(); ++i) {
    const std::string& part = cut.parts[i];
    build += cut.marks[i] + (is_digits(part) ? "D" : part.empty() ? "" : "T");
    if (is_digits(part) && part.size() >= 6) build += std::to_string(part.size());
  }
  return build;
}

bool is_time(const std::string& form, TimeForm::Says says, const std::string& text) {
  const auto time = TimeForm(form, says).read(text);
  if (!time) return false;
  const std::string date = time->date.empty() ? "2000-01-01" : time->date;
  return date.starts_with("20") &&
         parse_time(date + "T" + (time->clock.empty() ? "00:00:00" : time->clock)).has_value();
}

int number_of_digits(const std::string& digits) {
  int number = -1;
  if (is_digits(digits) && digits.size() <= 6)
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

class Proposer {
 public:
  explicit Proposer(std::vector<Cut> cuts)
      : cuts_(std::move(cuts)), words_(cuts_.front().parts.size()) {}

  std::string propose() {
    for (std::size_t column = 0; column < words_.size(); ++column) find_long_time(column);
    for (std::size_t column = 0; column < words_.size(); ++column) find_time_within(column);
    find_date_and_clock();
    find_number();
    for (std::size_t column = 0; column < words_.size(); ++column)
      if (words_[column].empty()) words_[column] = braced(word_of(column));
    std::string pattern;
    for (std::size_t column = 0; column < words_.size(); ++column)
      if (words_[column] != kTaken) pattern += cuts_.front().marks[column] + words_[column];
    return pattern;
  }
  bool knows_time() const { return used_.contains("time"); }

 private:
  static constexpr std::string_view kTaken = "-";  // by a column before

  static std::string braced(const std::string& word) { return "{" + word + "}"; }
  std::string use(const std::string& word) {
    used_.insert(word);
    return word;
  }
  bool free(std::size_t column, const std::string& word) const {
    return words_[column].empty() && !used_.contains(word);
  }

  template <class Holds>
  bool most_cuts(Holds holds, double share = kMostOf) const {
    const auto count = std::count_if(cuts_.begin(), cuts_.end(), holds);
    return static_cast<double>(count) >= share * static_cast<double>(cuts_.size());
  }
  template <class Holds>
  bool most(std::size_t column, double share, Holds holds) const {
    return most_cuts([&](const Cut& cut) { return holds(cut.parts[column]); }, share);
  }
  bool digits_of(std::size_t column, std::size_t count) const {
    return most(column, 1, [&](const std::string& s) { return is_digits(s) && s.size() == count; });
  }
  std::set<std::string> values_of(std::size_t column) const {
    std::set<std::string> values;
    for (const Cut& cut : cuts_) values.insert(cut.parts[column]);
    return values;
  }
  // Values come back, as those of lanes and codes do.
  bool few_values(std::size_t column) const {
    return values_of(column).size() <= std::max<std::size_t>(2, cuts_.size() / 6);
  }

  // "2026-03-14_08-25-31", "20260314_082531": a time with marks in it.
  void find_long_time(std::size_t column) {
    static const std::vector<std::vector<std::string>> kForms = {
        {"yyyy", "MM", "dd", "HH", "mm", "ss", "SSS"},
        {"yyyy", "MM", "dd", "HH", "mm", "ss"},
        {"yyyyMMdd", "HHmmssSSS"},
        {"yyyyMMdd", "HHmmss"},
        {"yyyyMMddHHmmss", "SSS"},
    };
    for (const auto& parts : kForms) {
      if (knows_time() || column + parts.size() > words_.size()) continue;
      std::string form;
      bool fits = true;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        form += (i > 0 ? cuts_.front().marks[column + i] : "") + parts[i];
        fits = fits && digits_of(column + i, parts[i].size());
      }
      const auto says_time = [&](const Cut& cut) {
        std::string text;
        for (std::size_t i = 0; i < parts.size(); ++i)
          text += (i > 0 ? cut.marks[column + i] : "") + cut.parts[column + i];
        return is_time(form, TimeForm::Says::time, text);
      };
      if (!fits || form.find('/') != std::string::npos || !most_cuts(says_time)) continue;
      for (std::size_t i = 0; i < parts.size(); ++i) words_[column + i] = kTaken;
      words_[column] = braced(use("time") + ":" + form);
    }
  }

  // "530502000000012345" "20260314082531" "0012" without marks between them.
  void find_time_within(std::size_t column) {
    constexpr std::size_t kWidth = 14;
    const std::size_t size = cuts_.front().parts[column].size();
    if (!free(column, "time") || size + 1 < kWidth || !digits_of(column, size)) return;
    if (size == 13 && most(column, kMostOf, [](const std::string& s) {
          return is_time("unix_ms", TimeForm::Says::time, s);
        }))
      words_[column] = braced(use("time") + ":unix_ms");
    for (std::size_t at = 0; at + kWidth <= size; ++at) {
      const auto is_here = [&](const std::string& s) {
        return is_time("yyyyMMddHHmmss", TimeForm::Says::time, s.substr(at, kWidth));
      };
      if (!most(column, kMostOf, is_here)) continue;
      const std::size_t behind = size - at - kWidth;
      std::string text;
      if (at > 0) text += braced(use("device") + ":" + std::to_string(at));
      text += braced(use("time") + (behind == 3 ? ":yyyyMMddHHmmssSSS" : ":yyyyMMddHHmmss"));
      if (behind > 0 && behind != 3) text += braced(use("sequence") + ":" + std::to_string(behind));
      words_[column] = text;
      return;
    }
  }

  void find_date_and_clock() {
    const auto column_of = [&](std::size_t digits, const char* form, TimeForm::Says says) {
      std::size_t column = 0;
      while (column < words_.size() &&
             !(words_[column].empty() && digits_of(column, digits) &&
               most(column, kMostOf, [&](const std::string& s) { return is_time(form, says, s); })))
        ++column;
      return column;
    };
    if (knows_time()) return;
    const std::size_t date = column_of(8, "yyyyMMdd", TimeForm::Says::date);
    std::size_t clock = column_of(6, "HHmmss", TimeForm::Says::clock);
    if (clock == words_.size()) clock = column_of(9, "HHmmssSSS", TimeForm::Says::clock);
    if (date == words_.size() || clock == words_.size()) return;
    words_[date] = "{date}";
    words_[clock] = "{clock}";
    use("time");
  }

  // The column in which names differ that agree in all else: at least half of the names have such a
  // sibling.
  void find_number() {
    std::size_t best = words_.size(), most_siblings = cuts_.size() / 2;
    for (std::size_t column = 0; column < words_.size(); ++column) {
      if (!words_[column].empty() || !most(column, kMostOf, [](const std::string& s) {
            return number_of_digits(s) >= 0 && number_of_digits(s) <= 64;
          }))
        continue;
      std::map<std::string, std::size_t> families;
      for (const Cut& cut : cuts_) {
        std::string others;
        for (std::size_t i = 0; i < words_.size(); ++i)
          others += i == column ? "*" : cut.marks[i] + cut.parts[i];
        ++families[others];
      }
      std::size_t siblings = 0;
      for (const auto& [others, count] : families) siblings += count > 1 ? count : 0;
      if (siblings >= most_siblings) {
        best = column;
        most_siblings = siblings + 1;
      }
    }
    if (best < words_.size()) words_[best] = braced(use("number"));
  }

  std::string word_of(std::size_t column) {
    const bool digits = most(column, kMostOf, is_digits);
    const std::string word = digits ? word_of_digits(column) : word_of_text(column);
    return word == "ignored" ? word : use(word);
  }
  std::string word_of_digits(std::size_t column) const {
    const auto within = [&](int low, int high, int step) {
      return most(column, kMostOf, [&](const std::string& s) {
        const int number = number_of_digits(s);
        return number >= low && number <= high && number % step == 0;
      });
    };
    const auto sized = [&](std::size_t low, std::size_t high) {
      return most(column, kMostOf,
                  [&](const std::string& s) { return s.size() >= low && s.size() <= high; });
    };
    const bool few = few_values(column);
    if (free(column, "code") && few && sized(4, 5) && within(1000, 89999, 1)) return "code";
    if (free(column, "lane") && few && sized(1, 2) && within(0, 16, 1)) return "lane";
    if (free(column, "limit") && few && sized(2, 3) && within(20, 120, 5)) return "limit";
    if (free(column, "speed") && sized(1, 3) && within(0, 250, 1)) return "speed";
    if (free(column, "device") && few && sized(6, 32)) return "device";
    return free(column, "sequence") && !few ? "sequence" : "ignored";
  }
  std::string word_of_text(std::size_t column) const {
    const auto of_province = [](const std::string& s) {
      const auto known = provinces();
      return std::any_of(known.begin(), known.end(),
                         [&](std::string_view p) { return s.starts_with(p) && s.size() > 6; }) &&
             s.size() <= 16;
    };
    const auto is_code = [](const std::string& s) {
      return s.size() >= 4 && s.size() <= 5 && s[0] >= '1' && s[0] <= '8' &&
             is_digits(s.substr(0, 4));
    };
    if (free(column, "plate") && most(column, 0.6, of_province)) return "plate";
    if (free(column, "plate_color") && most(column, kMostOf, [](const std::string& s) {
          return parse_plate_color(s).has_value();
        }))
      return "plate_color";
    if (free(column, "direction") &&
        most(column, kMostOf, [](const std::string& s) { return parse_direction(s).has_value(); }))
      return "direction";
    if (free(column, "code") && few_values(column) && most(column, kMostOf, is_code)) return "code";
    const bool ascii = most(column, 1, [](const std::string& s) {
      return std::all_of(s.begin(), s.end(), [](char c) { return (c & 0x80) == 0; });
    });
    if (!few_values(column)) return "ignored";
    if (free(column, "place") && !ascii) return "place";
    return free(column, "device") && ascii ? "device" : "ignored";
  }

  std::vector<Cut> cuts_;
  std::vector<std::string> words_;  // what each column is in the pattern; "" until it is known
  std::set<std::string> used_;
};

// Without its ending, and with at most this many folders above it.
std::string name_with(const std::string& file, int folders) {
  std::size_t start = file.rfind('/');
  for (; folders > 0 && start != std::string::npos && start > 0; --folders)
    start = file.rfind('/', start - 1);
  start = start == std::string::npos ? 0 : start + 1;
  const std::size_t dot = file.rfind('.');
  return file.substr(start, dot == std::string::npos ? dot : dot - start);
}

// Those of the files whose build is the commonest.
std::vector<std::string> commonest(const std::vector<std::string>& files, int folders) {
  std::map<std::string, std::vector<std::string>> builds;
  for (const std::string& file : files) {
    const std::string name = name_with(file, folders);
    const Cut cut = cut_at_marks(name);
    if (!cut.parts.empty() && cut.parts.size() <= kMostParts &&
        name.find_first_of("{}") == std::string::npos)
      builds[build_of(cut)].push_back(file);
  }
  const auto most = std::max_element(
      builds.begin(), builds.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  return most == builds.end() ? std::vector<std::string>{} : most->second;
}

// "" when too few share a build. A date may stand in a folder's name.
std::string propose_one(const std::vector<std::string>& files) {
  const std::vector<std::string> alike = commonest(files, 0);
  if (alike.size() < kFewest) return "";
  std::string shortest;
  for (int folders = 0; folders <= 2; ++folders) {
    std::vector<Cut> cuts;
    for (const std::string& file : commonest(alike, folders))
      if (cuts.size() < kMostExamined) cuts.push_back(cut_at_marks(name_with(file, folders)));
    if (cuts.size() < kFewest) break;
    Proposer proposer(std::move(cuts));
    std::string pattern = proposer.propose();
    if (proposer.knows_time()) return pattern;
    if (folders == 0) shortest = std::move(pattern);
  }
  return shortest;
}

}  // namespace

std::vector<NameProposal> propose_templates(const std::vector<std::string>& names) {
  std::vector<NameProposal> proposals;
  std::vector<std::string> rest = names;
  while (proposals.size() < kMostProposals) {
    NameProposal proposal{propose_one(rest), 0, ""};
    if (proposal.pattern.find('{') == std::string::npos) break;
    const NamePattern pattern(proposal.pattern);
    std::vector<std::string> others;
    for (std::string& file : rest) {
      const bool fits = pattern.parse(name_with(file, pattern.folders())).ok();
      proposal.fits += fits;
      if (fits && proposal.example.empty()) proposal.example = file;
      if (!fits) others.push_back(std::move(file));
    }
    if (proposal.fits == 0) break;
    proposals.push_back(std::move(proposal));
    rest = std::move(others);
  }
  return proposals;
}

}  // namespace vioreview
