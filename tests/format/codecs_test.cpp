// SPDX-License-Identifier: Apache-2.0
// What the codecs write reads back equal.
#include "format/codecs.h"

#include <gtest/gtest.h>

#include "core/errors.h"

namespace vioreview {
namespace {

// Through text, as state and workers do.
Value through_text(const Value& value) {
  auto parsed = parse_json(write_json(value));
  EXPECT_TRUE(parsed.ok());
  return std::move(parsed).value();
}

PanelFacts full_panel() {
  PanelFacts panel;
  panel.file = "特写 1.jpg";
  panel.sha256 = std::string(64, 'a');
  panel.role = Role::closeup;
  panel.crop = {0, 0, 640, 360};
  panel.width = 640;
  panel.height = 360;
  panel.notes = {"no end marker, all rows decoded"};
  panel.colour = false;
  panel.brightness = 101.25F;
  panel.chroma = 3.5F;
  panel.unfamiliar = UnfamiliarSeen{1.25F, Oddity::colourless};
  panel.written = Time{1615681531000};
  panel.enlarges =
      EnlargedSeen{std::string(64, 'b'), {0, 0, 1280, 720}, {620.5F, 300, 750, 374}, 0.75F};
  panel.perceptual_hash = "0123456789abcdef";
  ObjectSeen object;
  object.box = {1.5F, 2, 300, 200.5F};
  object.score = 0.875F;
  object.vehicle_class = Seen<VehicleClass>{VehicleClass::minibus, 0.75F};
  object.color = Seen<BodyColor>{BodyColor::brown, 0.5F};
  object.special = Seen<Special>{Special::fire, 0.25F};
  object.facing = Seen<Facing>{Facing::rear, 1};
  object.embedding = {0.5F, -0.25F};
  ObjectSeen person, head;
  person.kind = ObjectKind::person;
  person.box = {0, 0, 5, 5};
  head.kind = ObjectKind::signal_head;
  head.lamp = Seen<LampState>{LampState::red, 0.875F};
  head.lamp_shape = Seen<LampShape>{LampShape::left, 0.75F};
  panel.objects = {object, person, head};
  PlateSeen plate;
  plate.box = {10, 10, 60, 30};
  plate.corners = {Point{10, 10}, Point{60.25F, 11}, Point{60, 30}, Point{10, 29.5F}};
  plate.score = 0.5F;
  plate.look = {PlateLook::yellow_double, 0.625F};
  plate.rows = 2;
  plate.text = "皖A12345";
  plate.readable = 0.125F;
  plate.covered = 0.0F;
  plate.object = 0;
  plate.characters = {{"皖", 0.5F, {{"晋", 0.25F}}}, {"A", 1, {}}};
  for (int i = 0; i < PlatePrint::kColumns * PlatePrint::kRows; ++i)
    plate.print.cells.push_back(static_cast<std::uint8_t>(i % PlatePrint::kLevels));
  panel.plates = {plate};
  panel.marks = {{MarkKind::stop_line, {{0, 50}, {60.5F, 52}}, 0.5F, {}},
                 {MarkKind::arrow, {{0, 1}, {2, 1}, {1, 3}}, 0.25F, Seen<std::string>{"LS", 0.5F}},
                 {MarkKind::bus_text,
                  {{0, 1}, {2, 1}, {1, 3}},
                  0.25F,
                  {},
                  Seen<LaneWord>{LaneWord::nonmotor, 0.75F}}};
  panel.overlay = {{OverlayField::time, "2026-03-14T08:25:31.120", 0.75F, {0, 0, 100, 20}}};
  return panel;
}

TEST(FactsCodec, RoundTrip) {
  const Facts facts{{full_panel(), PanelFacts{}}};
  EXPECT_EQ(facts_from(through_text(to_value(facts))), facts);
}

TEST(FactsCodec, APrintOfAnotherSizeIsForeign) {
  PanelFacts panel = full_panel();
  panel.plates[0].print.cells.resize(100);
  EXPECT_ANY_THROW((void)panel_facts_from(through_text(to_value(panel))));
}

TEST(FactsCodec, ADividedPictureRoundTrips) {
  PanelFacts picture, closeup;
  picture.layout = Seen<std::string>{"2x2", 0.5F};
  picture.bands = {{0, 0, 1280, 60}};
  closeup.role = Role::closeup;
  closeup.crop = {640, 420, 1280, 780};
  picture.parts = {full_panel(), closeup};
  picture.parts[0].bands = {{0, 0, 640, 20}, {0, 380, 640, 400}};
  EXPECT_EQ(panel_facts_from(through_text(to_value(picture))), picture);
}

TEST(FactsCodec, AFailureRoundTrips) {
  PanelFacts panel;
  panel.failure = Problem{"picture_truncated", "1.jpg", "cut off"};
  EXPECT_EQ(panel_facts_from(through_text(to_value(panel))), panel);
}

TEST(FactsCodec, NotObservedStaysNotObserved) {
  const PanelFacts panel = panel_facts_from(through_text(to_value(PanelFacts{})));
  EXPECT_FALSE(panel.colour.has_value());
  EXPECT_FALSE(panel.brightness.has_value());
  EXPECT_FALSE(panel.unfamiliar.has_value());
  EXPECT_FALSE(panel.marks.has_value());
  EXPECT_FALSE(panel.overlay.has_value());
}

TEST(FactsCodec, LookedForAndNotThereIsNotTheSameAsNotLookedFor) {
  PanelFacts panel;
  panel.marks.emplace();
  EXPECT_EQ(panel_facts_from(through_text(to_value(panel))), panel);
}

TEST(CaseCodec, RoundTrip) {
  Case c;
  c.id = "530502-1";
  c.source = "night.csv:7";
  c.record.violation = "1352A";
  c.record.plate = "云M12345";
  c.record.plate_kind = "02";
  c.record.plate_color = PlateColor::yellow_green;
  c.record.vehicle_class = parse_vehicle_class("K33");
  c.record.body_color = {BodyColor::white, BodyColor::black};
  c.record.times = {*parse_time("2021-03-14T08:25:31.120"), *parse_time("2021-03-14T08:25:32.480")};
  c.record.place = "永昌路";
  c.record.direction = "由南向北";
  c.record.lane = 2;
  c.record.speed_kmh = 78.5;
  c.record.limit_kmh = 60;
  c.record.collection = "7";
  c.record.site_facts_json = R"({"truck_ban":{"hours":[[7,9]]}})";
  c.pictures = {{"1.jpg", "/night/1.jpg", Role::panel, c.record.times[0]},
                {"2.jpg", "", Role::closeup, {}}};
  c.problems = {{"picture_missing", "2.jpg", "is not there"}};
  c.notes = {"unknown field: foo"};
  c.content = std::string(64, 'b');
  ASSERT_TRUE(c.record.vehicle_class.has_value());
  EXPECT_EQ(case_from(through_text(to_value(c))), c);
  EXPECT_EQ(case_from(through_text(to_value(Case{}))), Case{});
}

TEST(VerdictCodec, RoundTrip) {
  Finding finding;
  finding.check = "interval";
  finding.status = Status::fails;
  finding.probability = 0.5F;
  finding.reason = "interval_too_short";
  finding.value = 8.25;
  finding.limit = 10;
  finding.panel = 1;
  finding.box = Box{1, 2, 3, 4};
  finding.zh = "间隔";
  finding.en = "interval";
  finding.suggested_code = "1211";
  Verdict verdict;
  verdict.decision = Decision::reject;
  verdict.proven = true;
  verdict.accept_score = 0.25F;
  verdict.reject_score = 0.75F;
  verdict.violation = "1039";
  verdict.group = "parking";
  verdict.findings = {finding, Finding{}};
  verdict.target = {0, 1, {2, -1}};
  verdict.suggested_plate = "皖A12345";
  EXPECT_EQ(verdict_from(through_text(to_value(verdict))), verdict);
}

TEST(Codecs, RefuseWhatTheyDidNotWrite) {
  for (const char* text : {R"({"panels":[{"role":"no such role"}]})", R"({"panels":7})",
                           R"({"panels":[{"role":"panel","crop":[1,2]}]})"}) {
    auto parsed = parse_json(text);
    ASSERT_TRUE(parsed.ok());
    EXPECT_THROW(facts_from(parsed.value()), IoError) << text;
  }
}

}  // namespace
}  // namespace vioreview
