// SPDX-License-Identifier: Apache-2.0
// Site profiles from TOML, strictly; a record's site facts from JSON, leniently.
#include "format/site_codec.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/sha256.h"
#include "core/vocabulary.h"
#include "format/site_cells.h"
#include "format/table.h"

namespace vioreview {
namespace {

// "07:00" to "24:00", as minutes.
std::optional<int> minutes_of(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const auto number = [&](std::size_t i) { return (text[i] - '0') * 10 + text[i + 1] - '0'; };
  const int minutes = number(0) * 60 + number(3);
  return number(3) < 60 && minutes <= 24 * 60 ? std::optional(minutes) : std::nullopt;
}

std::optional<HourSpan> span_of(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto from = minutes_of(text.substr(0, 5)), to = minutes_of(text.substr(6));
  if (!from || !to || *from == *to || *from == 24 * 60) return std::nullopt;
  return HourSpan{*from, *to};
}

int whole(Table& table, std::string_view key, int low, int high, int otherwise) {
  const double number = table.number(key, otherwise);
  if (!(number >= low && number <= high) || number != std::floor(number))
    table.fail(
        key, "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  return static_cast<int>(number);
}

std::vector<int> wholes(Table& table, std::string_view key, int low, int high) {
  std::vector<int> all;
  for (const double number : table.numbers(key)) {
    if (!(number >= low && number <= high) || number != std::floor(number))
      table.fail(key, "must hold whole numbers from " + std::to_string(low) + " to " +
                          std::to_string(high));
    all.push_back(static_cast<int>(number));
  }
  return all;
}

template <class Named>
auto word(Table& table, std::string_view key, std::string_view otherwise, Named named,
          const std::string& known) {
  const std::string text = table.text(key, std::string(otherwise));
  const auto value = named(text);
  if (!value) table.fail(key, "is \"" + text + "\"; known are " + known);
  return *value;
}

std::string moves(Table& table, std::string_view key) {
  const auto ordered = ordered_moves(table.text(key));
  if (!ordered)
    table.fail(key, "must be letters of U (turn round), L, S (straight on), R, each once");
  return *ordered;
}

// What is drawn may leave the picture, but not by more than its size: that is a slip of the pen.
class Frame {
 public:
  Frame(int width, int height)
      : width_(static_cast<float>(width)), height_(static_cast<float>(height)) {}

  std::vector<Point> points(Table& table, std::string_view key, std::size_t least) const {
    const Value* value = table.find(key);
    std::vector<Point> all;
    if (!value && least == 0) return all;
    if (!value) table.fail(key, "is missing");
    if (!value->as_array()) table.fail(key, "must be a list of points, as [[10, 20], [30, 40]]");
    for (const Value& point : *value->as_array()) {
      const Value::Array* xy = point.as_array();
      if (!xy || xy->size() != 2 || !(*xy)[0].is_number() || !(*xy)[1].is_number())
        table.fail(key, "must be a list of points, as [[10, 20], [30, 40]]");
      all.push_back(
          checked(table, key,
                  {static_cast<float>((*xy)[0].number()), static_cast<float>((*xy)[1].number())}));
    }
    if (all.size() < least) table.fail(key, "needs at least " + std::to_string(least) + " points");
    return all;
  }

  Box box(Table& table, std::string_view key) const {
    const std::vector<double> n = table.numbers(key);
    if (n.size() != 4) table.fail(key, "must be four numbers: left, top, right, bottom");
    const auto at = [&](std::size_t i) { return static_cast<float>(n[i]); };
    const Point first = checked(table, key, {at(0), at(1)});
    const Point last = checked(table, key, {at(2), at(3)});
    if (!(first.x < last.x && first.y < last.y))
      table.fail(key, "must run from left to right and from top to bottom");
    return {first.x, first.y, last.x, last.y};
  }

 private:
  Point checked(const Table& table, std::string_view key, Point p) const {
    if (p.x >= -width_ && p.x <= 2 * width_ && p.y >= -height_ && p.y <= 2 * height_) return p;
    table.fail(key, "holds a point far outside the picture");
  }
  float width_, height_;
};

StopLine read_stop_line(Table& table, const Frame& frame) {
  StopLine line;
  const std::string serves = table.text("serves", "own");
  if (serves != "own" && serves != "opposite")
    table.fail("serves", "is \"" + serves + "\"; known are own, opposite");
  line.own = serves == "own";
  line.edge = frame.points(table, "edge", 2);
  table.done();
  return line;
}

LaneLine read_lane_line(Table& table, const Frame& frame) {
  LaneLine line;
  line.kind = word(table, "kind", "", line_kind_named,
                   "white_solid, white_dashed, yellow_solid, yellow_solid_double, yellow_dashed, "
                   "kerb");
  line.polyline = frame.points(table, "polyline", 2);
  const std::vector<int> between = wholes(table, "between", -20, 20);
  if (!between.empty() && between.size() != 2)
    table.fail("between", "must be the two lanes beside the line, left and right, 0 for none");
  if (between.size() == 2) {
    if (between[0] != 0) line.left_lane = between[0];
    if (between[1] != 0) line.right_lane = between[1];
  }
  table.done();
  return line;
}

Lane read_lane(Table& table, const Frame& frame) {
  Lane lane;
  lane.number = whole(table, "number", -20, 20, 0);
  if (lane.number == 0)
    table.fail("number",
               "is missing or 0: 1 is the lane next to the centre in the reviewed direction, -1 "
               "the one opposite");
  lane.travel = word(table, "travel", lane.number > 0 ? "away" : "towards", travel_named,
                     "away, towards (as seen from the camera)");
  lane.use = word(table, "use", "motor", lane_use_named, "motor, bus, nonmotor, emergency");
  lane.arrow = moves(table, "moves");
  lane.polygon = frame.points(table, "polygon", 0);
  if (!lane.polygon.empty() && lane.polygon.size() < 3)
    table.fail("polygon", "needs at least 3 points");
  lane.direction = frame.points(table, "direction", 0);
  if (lane.direction.size() == 1) table.fail("direction", "needs at least 2 points");
  table.done();
  return lane;
}

SignalHead read_head(Table& table, const Frame& frame) {
  SignalHead head;
  head.id = table.need_text("id");
  head.box = frame.box(table, "box");
  head.shape =
      word(table, "shape", "round", lamp_shape_named, "round, left, straight, right, u_turn");
  head.governs_moves = moves(table, "moves");
  head.governs_lanes = wholes(table, "lanes", -20, 20);
  table.done();
  return head;
}

Restriction read_restriction(Table table) {
  Restriction rule;
  rule.classes = table.texts("classes");
  for (const std::string& name : rule.classes)
    if (!parse_vehicle_class(name))
      table.fail("classes", "names \"" + name +
                                "\", which is no vehicle class; use a code as H11, or a word as "
                                "heavy_truck");
  for (const std::string& text : table.texts("hours")) {
    const auto span = span_of(text);
    if (!span) table.fail("hours", "holds \"" + text + "\"; write 07:00-09:00");
    rule.hours.push_back(*span);
  }
  if (rule.hours.empty())
    table.fail("hours", "is missing; write [\"00:00-24:00\"] for the whole day");
  rule.weekdays = wholes(table, "weekdays", 1, 7);
  rule.lanes = wholes(table, "lanes", -20, 20);
  table.done();
  return rule;
}

std::optional<double> positive(Table& table, std::string_view key) {
  if (!table.find(key)) return std::nullopt;
  const double number = table.number(key, 0);
  if (!(number > 0)) table.fail(key, "must lie above 0");
  return number;
}

SiteFacts read_facts(Table table) {
  SiteFacts facts;
  facts.limit_kmh = positive(table, "limit_kmh");
  facts.interval_m = positive(table, "interval_m");
  if (table.find("truck_ban")) {
    facts.truck_ban = read_restriction(table.table("truck_ban"));
    if (facts.truck_ban->classes.empty())
      table.fail("truck_ban", "names no classes, so it would ban nothing");
  }
  if (table.find("bus_lane")) facts.bus_lane = read_restriction(table.table("bus_lane"));
  table.done();
  return facts;
}

ViewPrint read_print(Table table) {
  ViewPrint print;
  print.columns = whole(table, "columns", 0, 1000, 0);
  print.rows = whole(table, "rows", 0, 1000, 0);
  std::string cells;
  for (const std::string& row : table.texts("cells")) cells += row;
  const auto read = cells_from_text(cells);
  if (!read || read->size() !=
                   static_cast<std::size_t>(print.columns) * static_cast<std::size_t>(print.rows))
    table.fail("cells", "was changed by hand; run vioreview sites draw or learn again");
  print.cells = *read;
  table.done();
  return print;
}

void read_road(Table& table, const Frame& frame, Road& road) {
  for (Table& block : table.tables("stop_line"))
    road.stop_lines.push_back(read_stop_line(block, frame));
  std::set<int> numbers;
  for (Table& block : table.tables("lane")) {
    road.lanes.push_back(read_lane(block, frame));
    if (!numbers.insert(road.lanes.back().number).second)
      block.fail("number", std::to_string(road.lanes.back().number) + " stands twice");
  }
  for (Table& block : table.tables("lane_line"))
    road.lane_lines.push_back(read_lane_line(block, frame));
  for (Table& block : table.tables("crosswalk")) {
    road.crosswalks.push_back(frame.points(block, "polygon", 3));
    block.done();
  }
  for (Table& block : table.tables("grid")) {
    road.grids.push_back(frame.points(block, "polygon", 3));
    block.done();
  }
  std::set<std::string> ids;
  for (Table& block : table.tables("head")) {
    SignalHead head = read_head(block, frame);
    if (!ids.insert(head.id).second) block.fail("id", head.id + " stands twice");
    for (const int lane : head.governs_lanes)
      if (!numbers.contains(lane))
        block.fail("lanes", "names lane " + std::to_string(lane) + ", which no [[lane]] describes");
    road.heads.push_back(std::move(head));
  }
}

void read_origin(Table& table, Site& site) {
  if (table.find("confirmed")) {
    Table confirmed = table.table("confirmed");
    site.confirmed_by = confirmed.need_text("by");
    site.confirmed_at = parse_time(confirmed.need_text("at"));
    if (!site.confirmed_at) confirmed.fail("at", "must be a time, as 2026-03-14T08:25:31");
    confirmed.done();
  }
  if (table.find("learned")) {
    Table learned = table.table("learned");
    site.learned_from = whole(learned, "cases", 1, 1'000'000'000, 0);
    learned.done();
  }
}

std::optional<Restriction> restriction_in(const Value& facts, std::string_view key) {
  const Value* value = facts.find(key);
  const auto list = [&](std::string_view name) -> const Value::Array* {
    const Value* member = value ? value->find(name) : nullptr;
    return member ? member->as_array() : nullptr;
  };
  if (!list("hours")) return std::nullopt;
  Restriction rule;
  for (const Value& text : *list("hours")) {
    const auto span = text.as_string() ? span_of(*text.as_string()) : std::nullopt;
    if (!span) return std::nullopt;
    rule.hours.push_back(*span);
  }
  if (const auto* classes = list("classes"))
    for (const Value& text : *classes)
      if (text.as_string()) rule.classes.push_back(*text.as_string());
  if (const auto* lanes = list("lanes"))
    for (const Value& lane : *lanes)
      if (lane.is_number()) rule.lanes.push_back(static_cast<int>(lane.number()));
  if (const Value* lane = value->find("lane"); lane && lane->is_number())
    rule.lanes.push_back(static_cast<int>(lane->number()));
  if (const auto* days = list("weekdays"))
    for (const Value& day : *days)
      if (day.is_number()) rule.weekdays.push_back(static_cast<int>(day.number()));
  return rule.hours.empty() ? std::nullopt : std::optional(rule);
}

}  // namespace

Site site_from_toml(std::string_view text, std::string_view file) {
  const Value root = parse_toml(text, file);
  Table table(root, file, "the site profile");
  Site site;
  site.file = file;
  site.sha256 = sha256(text);
  site.device_id = table.need_text("device_id");
  site.view = table.text("view", "1");
  site.place = table.text("place");
  site.direction = table.text("direction");
  const std::vector<double> size = table.numbers("picture");
  if (size.size() != 2 || !(size[0] >= 8 && size[0] <= 30000 && size[1] >= 8 && size[1] <= 30000))
    table.fail("picture", "must be the width and height of the panels in pixels");
  site.width = static_cast<int>(size[0]);
  site.height = static_cast<int>(size[1]);
  read_origin(table, site);
  if (table.find("facts")) site.facts = read_facts(table.table("facts"));
  read_road(table, Frame(site.width, site.height), site.road);
  if (table.find("print")) site.print = read_print(table.table("print"));
  table.done();
  return site;
}

SiteFacts site_facts_from_json(std::string_view json) {
  const auto parsed = parse_json(json);
  if (!parsed) return {};
  const auto positive_in = [&](std::string_view key) -> std::optional<double> {
    const Value* number = parsed.value().find(key);
    return number && number->number() > 0 ? std::optional(number->number()) : std::nullopt;
  };
  SiteFacts facts;
  facts.limit_kmh = positive_in("limit_kmh");
  facts.interval_m = positive_in("interval_m");
  facts.truck_ban = restriction_in(parsed.value(), "truck_ban");
  facts.bus_lane = restriction_in(parsed.value(), "bus_lane");
  return facts;
}

}  // namespace vioreview
