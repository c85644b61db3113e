// SPDX-License-Identifier: Apache-2.0
#include "judge/clocks.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour;
// Captures of one night, and of the evening before and the morning after, lie this near to it.
constexpr std::int64_t kNight = 2 * kDay;
// A clock may run this far ahead of whoever noted the time of receipt (domain 1: 1 s is allowed).
constexpr std::int64_t kReceiptSlack = kHour / 6;
constexpr std::size_t kFewestDevices = 3;   // that can outvote one of them
constexpr std::size_t kFewestCaptures = 3;  // that show where a new device's clock stands

// No electronic police sends a capture from before this; clocks that lost their battery start at
// 1970, 2000 or 2008.
Time oldest() {
  static const Time time = *parse_time("2010-01-01T00:00:00");
  return time;
}

std::string apart(std::int64_t ms) {
  const double hours = std::abs(static_cast<double>(ms)) / static_cast<double>(kHour);
  return hours < 48 ? shown(std::round(hours * 10) / 10) + " h"
                    : shown(std::round(hours / 2.4) / 10) + " d";
}

double seconds(std::int64_t ms) {
  return static_cast<double>(ms) / 1000;
}

void widen(DeviceSpan& span, const Capture& capture) {
  span.first = std::min(span.first, capture.first);
  span.last = std::max(span.last, capture.last);
}

// How far a capture lies outside of a span: ahead, behind (negative), or 0.
std::int64_t outside(const Capture& capture, const DeviceSpan& span) {
  if (capture.last > span.last) return capture.last.ms - span.last.ms;
  return std::min<std::int64_t>(0, capture.first.ms - span.first.ms);
}

Time median(std::vector<Time> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

using ByDevice = std::map<std::string, std::vector<Capture>>;

// The part of a device's captures, without gaps longer than `gap`, that holds most of them.
std::optional<DeviceSpan> main_part(const std::vector<Capture>& sorted, std::int64_t gap) {
  std::optional<DeviceSpan> best;
  std::size_t most = kFewestCaptures - 1, count = 0;
  DeviceSpan part;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i == 0 || sorted[i].first.ms - part.last.ms > gap) {
      part = {sorted[i].device, sorted[i].first, sorted[i].last};
      count = 0;
    }
    widen(part, sorted[i]);
    // Of equal parts the earlier one: clocks that lose their time are told by their age, above.
    if (++count > most) {
      most = count;
      best = part;
    }
  }
  return best;
}

}  // namespace

std::optional<Capture> capture_of(const Case& c) {
  std::vector<Time> times = c.record.times;
  for (const PictureRef& picture : c.pictures)
    if (picture.time) times.push_back(*picture.time);
  if (times.empty()) return std::nullopt;
  const auto [first, last] = std::minmax_element(times.begin(), times.end());
  return Capture{c.record.device_id, *first, *last};
}

std::int64_t Capture::from(Time time) const {
  if (first > time) return first.ms - time.ms;
  return std::min<std::int64_t>(0, last.ms - time.ms);
}

std::optional<ClockDoubt> file_time_doubt(const Capture& capture, const Facts& facts,
                                          std::int64_t most_ms) {
  for (const PanelFacts& panel : facts.panels) {
    const std::int64_t far = panel.written ? capture.from(*panel.written) : 0;
    if (std::abs(far) <= most_ms) continue;
    const std::string when = format_time(*panel.written);
    return ClockDoubt{false,
                      panel.file + " was taken at " + when + " by its own data, " + apart(far) +
                          (far > 0 ? " before" : " after") + " the record's times",
                      panel.file + " 文件自带拍摄时间为 " + when + ", 与记录相差 " + apart(far),
                      seconds(far)};
  }
  return std::nullopt;
}

namespace {
// What earlier nights trusted without knowing better: nothing was captured after it was received.
std::vector<DeviceSpan> until(std::optional<Time> received, std::vector<DeviceSpan> spans) {
  if (!received) return spans;
  const Time latest{received->ms + kReceiptSlack};
  std::erase_if(spans, [&](const DeviceSpan& span) { return span.first > latest; });
  for (DeviceSpan& span : spans) span.last = std::min(span.last, latest);
  return spans;
}
}  // namespace

Clocks::Clocks(std::vector<Capture> batch, std::vector<DeviceSpan> earlier,
               std::optional<Time> received, const Policy& policy)
    : batch_(std::move(batch)),
      received_(received),
      ahead_ms_(std::llround(knob(policy, kClockSane, "ahead_h") * static_cast<double>(kHour))),
      behind_ms_(std::llround(knob(policy, kClockSane, "behind_d") * static_cast<double>(kDay))),
      jump_ms_(std::llround(knob(policy, kClockSane, "jump_d") * static_cast<double>(kDay))) {
  std::sort(batch_.begin(), batch_.end(), [](const Capture& a, const Capture& b) {
    return std::tie(a.device, a.first, a.last) < std::tie(b.device, b.first, b.last);
  });
  earlier = until(received, std::move(earlier));
  find_night();
  find_homes(earlier);
  for (const DeviceSpan& span : earlier) newest_[span.device] = span.last;
  for (const Capture& capture : batch_) {
    if (doubt(capture)) continue;
    const auto known = newest_.try_emplace(capture.device, capture.last).first;
    known->second = std::max(known->second, capture.last);
  }
}

// A batch is a night when most of its devices end together: then they tell where the others stand.
// A folder of assorted cases is none, and one device there says nothing of another. What counts is
// each device's newest capture, for cases of earlier nights are delivered again.
void Clocks::find_night() {
  std::map<std::string, Time> newest;
  for (const Capture& capture : batch_)
    if (!capture.device.empty() && !impossible(capture)) {
      const auto known = newest.try_emplace(capture.device, capture.last).first;
      known->second = std::max(known->second, capture.last);
    }
  if (newest.size() < kFewestDevices) return;
  std::vector<Time> ends;
  for (const auto& [device, end] : newest) ends.push_back(end);
  const Time middle = median(ends);
  const auto near = [&](Time time) { return std::abs(time.ms - middle.ms) <= kNight; };
  if (2 * static_cast<std::size_t>(std::count_if(ends.begin(), ends.end(), near)) <= ends.size())
    return;
  std::map<std::string, DeviceSpan> parts;
  for (const Capture& capture : batch_)
    if (newest.contains(capture.device) && near(capture.first) && near(capture.last))
      widen(parts.try_emplace(capture.device, DeviceSpan{"", capture.first, capture.last})
                .first->second,
            capture);
  const auto take = [&](const std::string& device, const DeviceSpan& part) {
    DeviceSpan& night = night_.try_emplace(device, part).first->second;
    night.first = std::min(night.first, part.first);
    night.last = std::max(night.last, part.last);
  };
  for (const auto& [device, part] : parts) {
    take("", part);
    for (const auto& [other, end] : newest)
      if (other != device) take(other, part);
  }
}

const DeviceSpan* Clocks::night_beside(const std::string& device) const {
  const auto own = night_.find(device), all = night_.find("");
  return own != night_.end() ? &own->second : all != night_.end() ? &all->second : nullptr;
}

// A device's home is what earlier nights trusted, else the bulk of what it sends now; captures
// that follow without a jump belong to it.
void Clocks::find_homes(const std::vector<DeviceSpan>& earlier) {
  for (const DeviceSpan& span : earlier)
    if (!span.device.empty()) homes_[span.device] = span;
  ByDevice captures;
  for (const Capture& capture : batch_)
    if (!capture.device.empty() && !impossible(capture))
      captures[capture.device].push_back(capture);
  std::size_t known = 0, away = 0;
  for (const auto& [device, sorted] : captures) {
    const auto home = homes_.find(device);
    if (home == homes_.end()) {
      if (const auto part = main_part(sorted, jump_ms_)) homes_[device] = *part;
      continue;
    }
    const auto follow = [&](const Capture& capture) {
      if (std::abs(outside(capture, home->second)) <= jump_ms_) widen(home->second, capture);
    };
    std::for_each(sorted.begin(), sorted.end(), follow);    // onward
    std::for_each(sorted.rbegin(), sorted.rend(), follow);  // and back
    ++known;
    away += std::none_of(sorted.begin(), sorted.end(), [&](const Capture& capture) {
      return std::abs(outside(capture, home->second)) <= jump_ms_;
    });
  }
  all_were_away_ = known > 1 && away == known;
}

// The time of receipt says that the clock is right.
bool Clocks::confirmed(const Capture& capture) const {
  return received_ && capture.last.ms <= received_->ms + kReceiptSlack &&
         capture.first.ms >= received_->ms - behind_ms_;
}

std::optional<Time> Clocks::evidence_beside(const std::string& device) const {
  if (const DeviceSpan* night = night_beside(device)) return night->last;
  if (received_) return received_;
  const auto home = homes_.find(device);
  return home == homes_.end() ? std::nullopt : std::optional(home->second.last);
}

std::optional<ClockDoubt> Clocks::impossible(const Capture& capture) const {
  if (capture.first < oldest()) {
    const auto now = evidence_beside(capture.device);
    return ClockDoubt{true, "its times begin at " + format_time(capture.first) + ", before 2010",
                      "时间始于 " + format_time(capture.first) + ", 早于 2010 年",
                      now ? std::optional(seconds(capture.first.ms - now->ms)) : std::nullopt};
  }
  if (!received_ || capture.last.ms <= received_->ms + kReceiptSlack) return std::nullopt;
  const std::int64_t ahead = capture.last.ms - received_->ms;
  return ClockDoubt{true,
                    "it tells a time " + apart(ahead) + " after the batch was received at " +
                        format_time(*received_),
                    "时间晚于接收时间 " + format_time(*received_) + " 达 " + apart(ahead),
                    seconds(ahead)};
}

std::optional<ClockDoubt> Clocks::far_from_night(const Capture& capture) const {
  const std::int64_t far = outside(capture, *night_beside(capture.device));
  if (far <= ahead_ms_ && far >= -behind_ms_) return std::nullopt;
  return ClockDoubt{
      false,
      "its time lies " + apart(far) + (far > 0 ? " after the newest" : " before the oldest") +
          " capture of the other devices of its batch",
      (far > 0 ? "比同批其他设备最新时间晚 " : "比同批其他设备最早时间早 ") + apart(far),
      seconds(far)};
}

std::optional<ClockDoubt> Clocks::far_from_home(const Capture& capture) const {
  const auto home = homes_.find(capture.device);
  if (home == homes_.end() || all_were_away_) return std::nullopt;
  const std::int64_t far = outside(capture, home->second);
  if (std::abs(far) <= jump_ms_) return std::nullopt;
  return ClockDoubt{false,
                    "its time jumps " + apart(far) + (far > 0 ? " ahead of" : " back behind") +
                        " all other captures of its device",
                    "与该设备其他采集时间相差 " + apart(far) + (far > 0 ? " (超前)" : " (滞后)"),
                    seconds(far)};
}

std::optional<ClockDoubt> Clocks::doubt(const Capture& capture) const {
  if (auto sure = impossible(capture)) return sure;
  if (confirmed(capture)) return std::nullopt;
  return !night_.empty() ? far_from_night(capture) : far_from_home(capture);
}

std::optional<Time> Clocks::newest(const std::string& device) const {
  const auto found = newest_.find(device);
  return found == newest_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<DoubtedDevice> doubted_devices(
    const std::vector<std::pair<Capture, ClockDoubt>>& doubts) {
  std::map<std::string, DoubtedDevice> devices;
  for (const auto& [capture, doubt] : doubts) {
    DoubtedDevice& device =
        devices.try_emplace(capture.device, DoubtedDevice{capture.device, 0, capture.last, doubt})
            .first->second;
    ++device.cases;
    if (capture.last <= device.newest) continue;
    device.newest = capture.last;
    device.doubt = doubt;
  }
  std::vector<DoubtedDevice> listed;
  for (auto& [name, device] : devices) listed.push_back(std::move(device));
  return listed;
}

}  // namespace vioreview
