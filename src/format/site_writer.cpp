// SPDX-License-Identifier: Apache-2.0
// Site profiles as TOML, in the order in which a person reads them.
#include <array>
#include <cmath>
#include <cstdio>

#include "format/site_cells.h"
#include "format/site_codec.h"

namespace vioreview {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
      result += escape.data();
    } else {
      result += c;
    }
  }
  return result + "\"";
}

// Tenths are enough, and all that a person can tell; whole numbers stay whole.
std::string number(double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.1f", std::round(value * 10) / 10 + 0.0);
  std::string result = text.data();
  if (result.ends_with(".0")) result.resize(result.size() - 2);
  return result;
}

template <class All, class Shown>
std::string listed(const All& all, Shown shown) {
  std::string text;
  for (const auto& one : all) text += (text.empty() ? "" : ", ") + shown(one);
  return "[" + text + "]";
}

std::string texts(const std::vector<std::string>& all) {
  return listed(all, [](const std::string& text) { return quoted(text); });
}

std::string wholes(const std::vector<int>& all) {
  return listed(all, [](int n) { return std::to_string(n); });
}

std::string points(const std::vector<Point>& all) {
  return listed(all, [](Point p) { return "[" + number(p.x) + ", " + number(p.y) + "]"; });
}

class Writer {
 public:
  Writer& line(std::string_view key, const std::string& value) {
    text_ += std::string(key) + " = " + value + "\n";
    return *this;
  }
  Writer& block(std::string_view name) {
    text_ += "\n" + std::string(name) + "\n";
    return *this;
  }
  // Leaves out what is empty.
  Writer& text(std::string_view key, std::string_view value) {
    return value.empty() ? *this : line(key, quoted(value));
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string hour(int minutes) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", minutes / 60, minutes % 60);
  return text.data();
}

void write(Writer& out, std::string_view name, const Restriction& rule) {
  out.block("[facts." + std::string(name) + "]");
  if (!rule.classes.empty()) out.line("classes", texts(rule.classes));
  out.line("hours", listed(rule.hours, [](const HourSpan& span) {
             return quoted(hour(span.from) + "-" + hour(span.to));
           }));
  if (!rule.weekdays.empty()) out.line("weekdays", wholes(rule.weekdays));
  if (!rule.lanes.empty()) out.line("lanes", wholes(rule.lanes));
}

void write(Writer& out, const SiteFacts& facts) {
  if (facts.limit_kmh || facts.interval_m) out.block("[facts]");
  if (facts.limit_kmh) out.line("limit_kmh", number(*facts.limit_kmh));
  if (facts.interval_m) out.line("interval_m", number(*facts.interval_m));
  if (facts.truck_ban) write(out, "truck_ban", *facts.truck_ban);
  if (facts.bus_lane) write(out, "bus_lane", *facts.bus_lane);
}

void write(Writer& out, const Lane& lane) {
  out.block("[[lane]]").line("number", std::to_string(lane.number));
  out.text("travel", name_of(lane.travel)).text("use", name_of(lane.use));
  out.text("moves", lane.arrow);
  if (!lane.polygon.empty()) out.line("polygon", points(lane.polygon));
  if (!lane.direction.empty()) out.line("direction", points(lane.direction));
}

void write(Writer& out, const LaneLine& line) {
  out.block("[[lane_line]]").text("kind", name_of(line.kind));
  if (line.left_lane || line.right_lane)
    out.line("between", wholes({line.left_lane.value_or(0), line.right_lane.value_or(0)}));
  out.line("polyline", points(line.polyline));
}

void write(Writer& out, const SignalHead& head) {
  out.block("[[head]]").text("id", head.id);
  const Box& b = head.box;
  out.line("box", listed(std::array{b.x0, b.y0, b.x1, b.y1}, [](float v) { return number(v); }));
  out.text("shape", name_of(head.shape)).text("moves", head.governs_moves);
  if (!head.governs_lanes.empty()) out.line("lanes", wholes(head.governs_lanes));
}

void write(Writer& out, const Road& road) {
  for (const StopLine& line : road.stop_lines)
    out.block("[[stop_line]]")
        .text("serves", line.own ? "own" : "opposite")
        .line("edge", points(line.edge));
  for (const Lane& lane : road.lanes) write(out, lane);
  for (const LaneLine& line : road.lane_lines) write(out, line);
  for (const auto& crosswalk : road.crosswalks)
    out.block("[[crosswalk]]").line("polygon", points(crosswalk));
  for (const auto& grid : road.grids) out.block("[[grid]]").line("polygon", points(grid));
  for (const SignalHead& head : road.heads) write(out, head);
}

void write(Writer& out, const ViewPrint& print) {
  constexpr std::size_t kLetters = 96;
  std::string rows;
  const std::string cells = text_of_cells(print.cells);
  for (std::size_t i = 0; i < cells.size(); i += kLetters)
    rows += "  " + quoted(cells.substr(i, kLetters)) + ",\n";
  out.block("# The fingerprint of the view, by which a moved camera is found.\n[print]");
  out.line("columns", std::to_string(print.columns)).line("rows", std::to_string(print.rows));
  out.line("cells", "[\n" + rows + "]");
}

}  // namespace

std::string site_to_toml(const Site& site) {
  Writer out;
  out.text("device_id", site.device_id).text("view", site.view);
  out.text("place", site.place).text("direction", site.direction);
  out.line("picture", wholes({site.width, site.height}));
  if (site.confirmed()) {
    out.block("[confirmed]").text("by", site.confirmed_by);
    if (site.confirmed_at) out.text("at", format_time(*site.confirmed_at));
  }
  if (site.learned_from > 0)
    out.block("[learned]").line("cases", std::to_string(site.learned_from));
  write(out, site.facts);
  write(out, site.road);
  if (!site.print.empty()) write(out, site.print);
  return out.take();
}

}  // namespace vioreview
