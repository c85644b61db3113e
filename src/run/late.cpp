// SPDX-License-Identifier: Apache-2.0
#include "run/late.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/errors.h"
#include "core/name_order.h"
#include "format/codecs.h"
#include "format/read.h"
#include "judge/judge.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

bool has_problem(const Case& c, std::string_view reason) {
  return std::any_of(c.problems.begin(), c.problems.end(),
                     [&](const Problem& problem) { return problem.reason == reason; });
}

// One case of the batch and what arrived for it before.
class Late {
 public:
  Late(Case& c, const Needs& needs, State& state, FactsMemory& memory)
      : case_(c),
        needs_(needs),
        state_(state),
        memory_(memory),
        delivered_(static_cast<std::ptrdiff_t>(c.pictures.size())) {}

  void add(const std::vector<ArrivedPicture>& arrived) {
    bool unlisted = false;
    for (const ArrivedPicture& one : arrived) {
      PictureRef* listed = picture_named(one.picture.file);
      if (listed && !listed->path.empty()) continue;  // delivered again
      if (!find(one)) continue;
      case_.notes.push_back(one.picture.file + " arrived in an earlier run");
      forget_problem(listed ? one.picture.file : "");
      if (listed) {
        listed->path = found_;
        listed->within = within_;
      } else {
        unlisted = true;
        case_.pictures.push_back(one.picture);
        case_.pictures.back().path = found_;
        case_.pictures.back().within = within_;
      }
    }
    if (unlisted) order_by(arrived);
  }

 private:
  PictureRef* picture_named(const std::string& file) {
    const auto found =
        std::find_if(case_.pictures.begin(), case_.pictures.end(),
                     [&](const PictureRef& picture) { return picture.file == file; });
    return found == case_.pictures.end() ? nullptr : &*found;
  }
  // True when the picture can be had: `found_` is where it lies as it lay, or stands for the facts
  // that are remembered of it.
  bool find(const ArrivedPicture& arrived) {
    found_ = arrived.picture.path;
    within_ = arrived.picture.within;
    const auto stamp = stamp_of(arrived.picture);
    if (stamp && state_.identity_of(*stamp) == arrived.sha256) return true;
    if (!memory_.knows(arrived.sha256, arrived.picture.role, needs_)) return false;
    found_ = fs::path("remembered") / arrived.sha256;
    within_.reset();
    memory_.stand_for(found_, arrived.sha256);
    return true;
  }
  // The picture of this name is not missing any more; "": there is a picture.
  void forget_problem(const std::string& file) {
    std::erase_if(case_.problems, [&](const Problem& problem) {
      std::string named = problem.file;
      std::replace(named.begin(), named.end(), '\\', '/');
      return problem.reason == "picture_missing" && named == file;
    });
  }
  // As one delivery of all would order them, whichever part comes again: by name, where those of
  // either part are. A record may have listed them otherwise: then nothing says where the new ones
  // belong, and the list of times belongs to no order.
  void order_by(const std::vector<ArrivedPicture>& arrived) {
    const auto by_name = [](const PictureRef& a, const PictureRef& b) {
      return name_before(a.file, b.file);
    };
    const auto arrived_by_name = [&](const ArrivedPicture& a, const ArrivedPicture& b) {
      return by_name(a.picture, b.picture);
    };
    if (std::is_sorted(case_.pictures.begin(), case_.pictures.begin() + delivered_, by_name) &&
        std::is_sorted(arrived.begin(), arrived.end(), arrived_by_name)) {
      std::stable_sort(case_.pictures.begin(), case_.pictures.end(), by_name);
      return;
    }
    order_by_arrival(arrived);
    std::vector<Time>& times = case_.record.times;
    if (times.size() < 2) return;
    times = {*std::min_element(times.begin(), times.end())};
    case_.notes.emplace_back(
        "its pictures came in several runs, and nothing says in which order they belong: those "
        "without a time of their own got none from the record's list");
  }
  // As they arrived, the new ones last.
  void order_by_arrival(const std::vector<ArrivedPicture>& arrived) {
    std::map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < arrived.size(); ++i) place.emplace(arrived[i].picture.file, i);
    const auto place_of = [&](const PictureRef& picture) {
      const auto found = place.find(picture.file);
      return found == place.end() ? place.size() : found->second;
    };
    std::stable_sort(
        case_.pictures.begin(), case_.pictures.end(),
        [&](const PictureRef& a, const PictureRef& b) { return place_of(a) < place_of(b); });
  }

  Case& case_;
  Needs needs_;
  State& state_;
  FactsMemory& memory_;
  std::ptrdiff_t delivered_;  // pictures of this delivery, the first of the case
  fs::path found_;
  std::optional<Within> within_;
};

}  // namespace

std::string arrived_json(const Case& c, const Facts& facts) {
  Case kept;
  Value seen{Value::Array{}};
  for (std::size_t i = 0; i < std::min(c.pictures.size(), facts.panels.size()); ++i) {
    const PanelFacts& panel = facts.panels[i];
    if (c.pictures[i].path.empty() || panel.sha256.empty()) continue;
    kept.pictures.push_back(c.pictures[i]);
    PictureRef& picture = kept.pictures.back();
    picture.path = fs::absolute(picture.path).lexically_normal();
    seen.push(Value().set("sha256", panel.sha256).set("hash", panel.perceptual_hash));
  }
  return write_json(to_value(kept).set("seen", std::move(seen)));
}

std::vector<ArrivedPicture> arrived_pictures(const LedgerEntry& entry) {
  std::vector<ArrivedPicture> arrived;
  if (entry.pictures.empty()) return arrived;  // of an older version
  const auto parsed = parse_json(entry.pictures);
  if (!parsed) throw IoError("the ledger holds pictures that are no JSON; move the state away");
  Case kept = case_from(parsed.value());
  const Value::Array& seen = read::list(parsed.value(), "seen");
  if (seen.size() != kept.pictures.size()) read::foreign("seen");
  for (std::size_t i = 0; i < seen.size(); ++i)
    arrived.push_back(
        {std::move(kept.pictures[i]), read::text(seen[i], "sha256"), read::text(seen[i], "hash")});
  return arrived;
}

void add_late_pictures(Batch& batch, const Catalogue& catalogue, State& state,
                       FactsMemory& memory) {
  for (Case& c : batch.cases) {
    // Without a time, or under an id that two cases have, nothing says that it is the same case.
    const auto capture = capture_of(c);
    if (!capture || has_problem(c, "id_repeated")) continue;
    if (const auto entry = state.entry(c.id, capture->first))
      Late(c, needs_of(c, catalogue), state, memory).add(arrived_pictures(*entry));
  }
}

}  // namespace vioreview
