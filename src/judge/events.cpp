// SPDX-License-Identifier: Apache-2.0
// Which cases are the same event.
#include <algorithm>
#include <tuple>

#include "judge/judge.h"

namespace vioreview {
namespace {

auto key_of(const Event& e) {
  return std::tie(e.plate, e.code, e.place);
}
auto when(const Event& e) {
  return std::tie(e.time, e.case_id);
}
auto order_of(const Event& e) {
  return std::tie(e.plate, e.code, e.place, e.time, e.case_id);
}

std::string place_of(const Record& record) {
  if (!record.place_code.empty()) return record.place_code;
  return record.place.empty() ? record.device_id : record.place;
}

std::optional<Time> first_time(const Case& c) {
  std::optional<Time> first;
  const auto take = [&](Time time) { first = first ? std::min(*first, time) : time; };
  for (const Time time : c.record.times) take(time);
  for (const PictureRef& picture : c.pictures)
    if (picture.time) take(*picture.time);
  return first;
}

}  // namespace

std::optional<Event> event_of(const Case& c, const Catalogue& catalogue) {
  const Violation* violation = find_violation(catalogue, c.record.violation);
  const std::string place = place_of(c.record);
  const std::optional<Time> time = first_time(c);
  if (!violation || violation->duplicate_window_s <= 0 || c.record.plate.empty() || place.empty() ||
      !time)
    return std::nullopt;
  return Event{c.id, c.record.plate, violation->code, place, *time};
}

EventIndex::EventIndex(std::vector<Event> events) : events_(std::move(events)) {
  std::sort(events_.begin(), events_.end(),
            [](const Event& a, const Event& b) { return order_of(a) < order_of(b); });
}

const Event* EventIndex::standing_before(const Event& event, double window_s) const {
  Event earliest = event;
  earliest.time.ms -= static_cast<std::int64_t>(window_s * 1000);
  earliest.case_id.clear();
  auto other =
      std::lower_bound(events_.begin(), events_.end(), earliest,
                       [](const Event& a, const Event& b) { return order_of(a) < order_of(b); });
  // A case's own earlier runs do not count.
  while (other != events_.end() && other->case_id == event.case_id) ++other;
  const bool before =
      other != events_.end() && key_of(*other) == key_of(event) && when(*other) < when(event);
  return before ? &*other : nullptr;
}

}  // namespace vioreview
