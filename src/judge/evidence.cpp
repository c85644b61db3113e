// SPDX-License-Identifier: Apache-2.0
#include "judge/evidence.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace vioreview {
namespace {

Finding finding_of(const Check& check, Status status, std::string_view reason, double p,
                   std::string en, std::string zh) {
  Finding finding;
  finding.check = check.id;
  finding.status = status;
  finding.probability =
      p > 0 ? static_cast<float>(std::min(p, 1.0)) : 0.0F;  // a NaN is not above 0
  finding.reason = reason;
  finding.en = std::move(en);
  finding.zh = std::move(zh);
  return finding;
}

constexpr float kSurelyRead = 0.9F;

// The record's list of times belongs to its list of panels when there are as many of either.
std::optional<Time> recorded_time(const Case& c, std::size_t i) {
  if (i >= c.pictures.size()) return std::nullopt;
  std::size_t panels = 0, place = 0;
  for (std::size_t k = 0; k < c.pictures.size(); ++k) {
    if (c.pictures[k].role != Role::panel) continue;
    if (k < i) ++place;
    ++panels;
  }
  if (c.pictures[i].role != Role::panel || panels != c.record.times.size()) return std::nullopt;
  return c.record.times[place];
}

// The only time burned into the panel; several belong to the panels of a composite.
std::optional<Time> burned_in_time(const PanelFacts& panel) {
  std::optional<Time> only;
  for (const OverlaySeen& seen : panel.overlay.value_or(std::vector<OverlaySeen>{})) {
    if (seen.field != OverlayField::time) continue;
    if (only || !(seen.p >= kSurelyRead)) return std::nullopt;
    only = parse_time(seen.text);
    if (!only) return std::nullopt;
  }
  return only;
}

}  // namespace

double knob(const Policy& policy, const Check& check, std::string_view name) {
  // Facts are floats: as a float 0.9 reaches a knob of 0.9.
  const auto as_float = [](double value) { return static_cast<double>(static_cast<float>(value)); };
  if (!policy.knobs.empty()) {
    const auto set = policy.knobs.find(std::string(check.id) + "." + std::string(name));
    if (set != policy.knobs.end()) return as_float(set->second);
  }
  const auto known = std::find_if(check.knobs.begin(), check.knobs.end(),
                                  [&](const Knob& k) { return k.name == name; });
  return known == check.knobs.end() ? 0 : as_float(known->fallback);
}

double knob(const Evidence& e, const Check& check, std::string_view name) {
  return knob(e.policy, check, name);
}

Finding holds(const Check& check, double p, std::string en, std::string zh) {
  return finding_of(check, Status::holds, "", p, std::move(en), std::move(zh));
}

Finding fails(const Check& check, std::string_view reason, double p, std::string en,
              std::string zh) {
  return finding_of(check, Status::fails, reason, p, std::move(en), std::move(zh));
}

Finding unknown(const Check& check, std::string_view reason, std::string en, std::string zh) {
  return finding_of(check, Status::unknown, reason, 0, std::move(en), std::move(zh));
}

double agreed(double p, double before) {
  const double yes = p * before, no = (1 - p) * (1 - before);
  return yes > 0 ? yes / (yes + no) : 0;  // a NaN is not above 0
}

Finding at(Finding finding, int panel, const Box& box) {
  finding.panel = panel;
  finding.box = box;
  return finding;
}

Finding measured(Finding finding, double value, double limit) {
  finding.value = value;
  finding.limit = limit;
  return finding;
}

bool time_matters(const Violation& violation) {
  return violation.needs_displacement || violation.min_interval_s > 0;
}

std::string shown(double number) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.2f", number);
  std::string result = text.data();
  while (result.ends_with('0')) result.pop_back();
  if (result.ends_with('.')) result.pop_back();
  return result;
}

std::optional<Time> time_of_panel(const Case& c, const Facts& facts, int panel) {
  const auto i = static_cast<std::size_t>(panel);
  if (i < c.pictures.size() && c.pictures[i].time) return c.pictures[i].time;
  if (const auto recorded = recorded_time(c, i)) return recorded;
  return i < facts.panels.size() ? burned_in_time(facts.panels[i]) : std::nullopt;
}

std::vector<int> evidence_panels(const Case& c, const Facts& facts) {
  std::vector<int> panels;
  for (int i = 0; i < static_cast<int>(facts.panels.size()); ++i) {
    const Role role = facts.panels[static_cast<std::size_t>(i)].role;
    if (role == Role::panel || role == Role::composite) panels.push_back(i);
  }
  const bool timed = std::all_of(panels.begin(), panels.end(),
                                 [&](int i) { return time_of_panel(c, facts, i).has_value(); });
  if (timed)
    std::stable_sort(panels.begin(), panels.end(), [&](int a, int b) {
      return *time_of_panel(c, facts, a) < *time_of_panel(c, facts, b);
    });
  return panels;
}

}  // namespace vioreview
