// SPDX-License-Identifier: Apache-2.0
#include "run/survey.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/sha256.h"
#include "format/codecs.h"
#include "judge/checks/checks.h"
#include "judge/evidence.h"
#include "run/divide.h"
#include "run/late.h"

namespace vioreview {
namespace {

constexpr std::string_view kWaiting = "waiting";  // of a ledger entry

// How far other nights are looked through, in ms; a catalogue with a longer window goes further.
constexpr std::int64_t kWeek = 7LL * 24 * 3600 * 1000;

Time first_time(const Case& c) {
  const auto capture = capture_of(c);
  return capture ? capture->first : Time{};
}

std::string content_of(const Case& c, const Facts& facts) {
  std::string text = write_json(to_value(c.record));
  for (const PanelFacts& panel : facts.panels)
    text += "\n" + std::string(name_of(panel.role)) + " " + panel.file + " " + panel.sha256;
  return sha256(text);
}

}  // namespace

Survey::Survey(Batch& batch, const FactsOf& facts_of, const Catalogue& catalogue,
               const Policy& policy, std::optional<Time> received, State& state)
    : batch_(batch), catalogue_(catalogue) {
  find_clocks(policy, received, state);
  look_at_cases(facts_of, policy);
  const std::vector<LedgerEntry> earlier = earlier_entries(state);
  find_events(earlier);
  note_later_records(earlier);
  find_overdue(earlier, policy);
  note_pictures_alike(earlier, policy);
  number_revisions(state);
}

void Survey::find_clocks(const Policy& policy, std::optional<Time> received, State& state) {
  std::vector<Capture> captures;
  for (const Case& c : batch_.cases)
    if (auto capture = capture_of(c)) captures.push_back(std::move(*capture));
  std::vector<DeviceSpan> spans;
  for (const TrustedSpan& span : state.trusted_spans())
    spans.push_back({span.device, span.first, span.last});
  clocks_ = Clocks(std::move(captures), spans, received, policy);
}

void Survey::look_at_cases(const FactsOf& facts_of, const Policy& policy) {
  DeviceLayouts layouts;
  std::vector<Case*> unsure;
  for (Case& c : batch_.cases) {
    const Facts facts = facts_of(c);
    if (layouts.add(c, facts)) unsure.push_back(&c);
    const Divided seen = divided(c, facts);
    seen_.push_back({content_of(c, facts), clock_doubt(seen.c, seen.facts, clocks_, policy),
                     known_pictures(c, facts), arrived_json(c, facts)});
  }
  for (Case* c : unsure)
    if (std::string hint = layouts.hint(c->record.device_id); !hint.empty())
      c->notes.push_back(std::move(hint));
}

// Other cases of the days around this batch: a case's own earlier runs do not count, nor does what
// a suspect clock said.
std::vector<LedgerEntry> Survey::earlier_entries(State& state) const {
  std::int64_t around = kWeek;
  for (const Violation& violation : catalogue_.violations)
    around = std::max(around, static_cast<std::int64_t>(violation.duplicate_window_s * 1000));
  std::optional<Time> first, last;
  std::set<std::pair<std::string, Time>> here;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const auto capture = capture_of(batch_.cases[i]);
    if (!capture) continue;
    here.emplace(batch_.cases[i].id, capture->first);
    if (seen_[i].doubt) continue;
    first = std::min(first.value_or(capture->first), capture->first);
    last = std::max(last.value_or(capture->first), capture->first);
  }
  if (!first) return {};
  std::vector<LedgerEntry> entries =
      state.entries(Time{first->ms - around}, Time{last->ms + around});
  std::erase_if(entries, [&](const LedgerEntry& e) {
    return !e.trusted || here.contains({e.case_id, e.time});
  });
  return entries;
}

void Survey::find_events(const std::vector<LedgerEntry>& earlier) {
  std::vector<Event> events;
  for (std::size_t i = 0; i < seen_.size(); ++i)
    if (auto event = event_of(batch_.cases[i], catalogue_); event && !seen_[i].doubt)
      events.push_back(std::move(*event));
  for (const LedgerEntry& e : earlier)
    if (!e.code.empty()) events.push_back({e.case_id, e.plate, e.code, e.place, e.time});
  events_ = EventIndex(std::move(events));
}

// The earliest capture stands: one that arrives after a later record of its event was suggested for
// acceptance does not stand alone, and a person has to know of both.
void Survey::note_later_records(const std::vector<LedgerEntry>& earlier) {
  std::map<std::string, Case*> cases;
  for (Case& c : batch_.cases) cases.emplace(c.id, &c);
  for (const LedgerEntry& e : earlier) {
    const Violation* violation = find_violation(catalogue_, e.code);
    if (!violation || e.verdict != name_of(Decision::accept)) continue;
    const Event later{e.case_id, e.plate, e.code, e.place, e.time};
    const Event* stands = events_.standing_before(later, violation->duplicate_window_s);
    const auto here = stands ? cases.find(stands->case_id) : cases.end();
    if (here != cases.end())
      here->second->notes.push_back(e.case_id +
                                    ", which an earlier run suggested to accept, is a "
                                    "later record of this event: only one of them may stand");
  }
}

void Survey::find_overdue(const std::vector<LedgerEntry>& earlier, const Policy& policy) {
  const double grace_ms = knob(policy, kPanelsEnough, "late_grace_h") * 3'600'000;
  for (const LedgerEntry& e : earlier) {
    const auto newest = clocks_.newest(e.device);
    if (e.verdict == kWaiting && newest && static_cast<double>(newest->ms - e.time.ms) >= grace_ms)
      overdue_.push_back({e.case_id, e.device, e.time});
  }
}

// Earlier nights are looked through for the plates of this batch only: those are the cases that a
// person would lay side by side.
void Survey::note_pictures_alike(const std::vector<LedgerEntry>& earlier, const Policy& policy) {
  std::set<std::string> plates;
  std::vector<KnownPicture> known;
  for (const Seen& seen : seen_)
    for (const KnownPicture& picture : seen.pictures) {
      if (!picture.plate.empty()) plates.insert(picture.plate);
      known.push_back(picture);
    }
  for (const LedgerEntry& e : earlier) {
    if (!plates.contains(e.plate)) continue;
    for (const ArrivedPicture& arrived : arrived_pictures(e))
      if (arrived.picture.role == Role::panel || arrived.picture.role == Role::composite)
        known.push_back({e.case_id, e.plate, e.device, e.time, arrived.picture.file, arrived.sha256,
                         arrived.perceptual_hash});
  }
  const PictureIndex index(std::move(known));
  for (std::size_t i = 0; i < seen_.size(); ++i)
    for (std::string& hint : index.hints(seen_[i].pictures, policy))
      batch_.cases[i].notes.push_back(std::move(hint));
}

void Survey::number_revisions(State& state) {
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    Case& c = batch_.cases[i];
    const auto capture =
        capture_of(c);  // without a time, the id alone tells no case of another night
    const auto before = capture ? state.entry(c.id, capture->first) : std::nullopt;
    if (!before) continue;
    c.revision = before->revision + (before->content == seen_[i].content ? 0 : 1);
  }
}

std::vector<DoubtedDevice> Survey::doubted() const {
  std::vector<std::pair<Capture, ClockDoubt>> doubts;
  for (std::size_t i = 0; i < seen_.size(); ++i)
    if (seen_[i].doubt) doubts.emplace_back(*capture_of(batch_.cases[i]), *seen_[i].doubt);
  return doubted_devices(doubts);
}

LedgerEntry Survey::entry(std::size_t i, const Verdict& verdict) const {
  const Case& c = batch_.cases[i];
  LedgerEntry entry;
  entry.case_id = c.id;
  entry.content = seen_[i].content;
  entry.time = first_time(c);
  const bool waits = std::any_of(verdict.findings.begin(), verdict.findings.end(),
                                 [](const Finding& f) { return f.reason == "panels_waiting"; });
  entry.verdict = waits ? kWaiting : name_of(verdict.decision);
  entry.device = c.record.device_id;
  entry.trusted = !seen_[i].doubt;
  entry.revision = c.revision;
  entry.pictures = seen_[i].arrived;
  entry.plate = c.record.plate;
  if (const auto event = event_of(c, catalogue_)) {
    entry.code = event->code;
    entry.place = event->place;
  }
  return entry;
}

}  // namespace vioreview
