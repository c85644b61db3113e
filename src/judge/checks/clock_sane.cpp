// SPDX-License-Identifier: Apache-2.0
// The device's clock can be trusted: its times are possible, fit those of the other devices and of
// its own other captures, and are those burned into the pictures and written into their files. What
// decides by hours, intervals or duplicates waits for that. How far is too far is a proposal
// (domain 1: a clock is 1 s off at most; of that a batch shows nothing).
#include <cstdlib>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"ahead_h", 24, 1, 8760, "hours after the newest capture of the other devices of a night"},
    {"behind_d", 30, 1, 3650,
     "days before the oldest one: what arrives this late is no late night"},
    {"jump_d", 180, 1, 3650, "days between a device's captures that are no pause of its work"},
    {"overlay_s", 600, 1, 86400, "seconds between the record's times and the burned-in ones"},
    {"overlay_sure", 0.9, 0.5, 1, "probability from which a burned-in time counts"},
    {"file_h", 24, 1, 87600, "hours between the record's times and those in the pictures' files"}};

Finding check(const Evidence& e) {
  const auto doubt = clock_doubt(e.c, e.facts, e.clocks, e.policy);
  if (!doubt)
    return holds(kClockSane, 1, "nothing speaks against the device's clock", "设备时钟未见异常");
  Finding finding = doubt->sure ? fails(kClockSane, "clock_suspect", 1, doubt->en, doubt->zh)
                                : unknown(kClockSane, "clock_suspect", doubt->en, doubt->zh);
  finding.value = doubt->offset_s;
  return finding;
}

}  // namespace

std::optional<ClockDoubt> clock_doubt(const Case& c, const Facts& facts, const Clocks& clocks,
                                      const Policy& policy) {
  const auto capture = capture_of(c);
  if (!capture) return std::nullopt;
  if (auto doubt = clocks.doubt(*capture)) return doubt;
  for (const PanelFacts& panel : facts.panels)
    for (const OverlaySeen& text : panel.overlay.value_or(std::vector<OverlaySeen>())) {
      const auto burned =
          text.field == OverlayField::time ? parse_time(text.text) : std::optional<Time>();
      if (!burned || text.p < knob(policy, kClockSane, "overlay_sure")) continue;
      const double ahead = static_cast<double>(capture->from(*burned)) / 1000;
      if (std::abs(ahead) > knob(policy, kClockSane, "overlay_s"))
        return ClockDoubt{true, panel.file + " shows the time " + format_time(*burned),
                          panel.file + " 图上时间为 " + format_time(*burned), ahead};
    }
  constexpr double kHour = 3'600'000;  // ms
  return file_time_doubt(*capture, facts,
                         static_cast<std::int64_t>(knob(policy, kClockSane, "file_h") * kHour));
}

const Check kClockSane{"clock_sane", "The device's clock can be trusted", kKnobs, check};

}  // namespace vioreview
