// SPDX-License-Identifier: Apache-2.0
// The bytes of a manifest line, written by hand from the rules of the format: order of keys as the
// schema lists them, probabilities and values to 4 decimals, pixels to 1, null for what is not
// known.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emit/emit.h"
#include "emit/example.h"
#include "emit/json_schema.h"
#include "format/value.h"

namespace vioreview {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kA(64, 'a'), kC(64, 'c'), kD(64, 'd'), kE(64, 'e');

const std::string kRejectLine =
    R"({"schema":"vioreview/manifest/1","case_id":"530502-1","source":"night/530502-1",)"
    R"("revision":2,"verdict":"reject","proven":false,"confirm":false,"confidence":0.9877,)"
    R"("scores":{"accept":0.01,"reject":0.9877},"violation":"1625","group":"speed",)"
    R"("review_by":"2021-03-19","reasons":[)"
    // A rejecting reason before the surer one that only makes manual; what is unknown after both.
    R"({"id":"plate_unreadable","check":"plate_readable","status":"fails","probability":0.9877,)"
    R"("value":0.1235,"limit":0.5,"panel":0,"box":[250.0,500.0,350.0,530.0],)"
    R"("zh":"号牌可辨认概率 0.12","en":"the plate is readable with probability 0.12"},)"
    R"({"id":"vehicle_differs","check":"vehicle_matches","status":"fails","probability":0.99,)"
    R"("value":null,"limit":null,"panel":null,"box":null,"zh":"车辆特征与记录不符",)"
    R"x("en":"class or colour differs from the record (maybe a cloned plate)"},)x"
    R"({"id":"check_missing","check":"signal_red","status":"unknown","probability":0.0,)"
    R"("value":null,"limit":null,"panel":null,"box":null,"zh":"尚不能审核该项",)"
    R"("en":"no check or model can judge what the violation needs"},)"
    R"({"id":"picture_missing","check":"ingest","status":"unknown","probability":0.0,)"
    R"("value":null,"limit":null,"panel":null,"box":null,"zh":"记录所列图片缺失：)"
    R"(2.jpg: not in the folder; copy it there",)"
    R"("en":"2.jpg: not in the folder; copy it there"}],"checks":[)"
    R"({"check":"signal_red","status":"unknown","probability":0.0,"value":null,"limit":null,)"
    R"("reason":"check_missing"},)"
    R"({"check":"vehicle_matches","status":"fails","probability":0.99,"value":null,"limit":null,)"
    R"("reason":"vehicle_differs"},)"
    R"({"check":"plate_readable","status":"fails","probability":0.9877,"value":0.1235,)"
    R"("limit":0.5,"reason":"plate_unreadable"},)"
    R"({"check":"speed_over","status":"holds","probability":1.0,"value":null,"limit":null,)"
    R"("reason":null}],)"
    R"("plate":{"text":"云M1","confidence":0.1235,"characters":[{"text":"云","p":0.91},)"
    R"({"text":"M","p":1.0},{"text":"1","p":0.5}],"readable":false,"kind":"yellow_double",)"
    R"("color":"yellow","color_p":0.97,"box":[250.0,500.0,350.0,530.3],)"
    R"("corners":[[250.0,500.0],[350.0,502.0],[349.5,530.3],[251.0,529.0]],"panel":0},)"
    R"("vehicle":{"class":{"value":"suv","p":0.8},"color":null,)"
    R"("special":{"value":"none","p":0.99},"box":[100.0,200.0,500.0,600.0],"panel":0},"panels":[)"
    R"({"file":"1.jpg","sha256":")" +
    kA +
    R"(","crop":[0.0,0.0,1920.0,1080.0],"time":"2021-03-14T08:25:31.120","role":"panel",)"
    R"("width":1920,"height":1080,"notes":["no end marker, all rows decoded"],"failure":null},)"
    R"({"file":"2.jpg","sha256":null,"crop":null,"time":null,"role":"closeup","width":0,)"
    R"("height":0,"notes":[],"failure":{"reason":"picture_missing","file":"2.jpg",)"
    R"("detail":"no such file"}}],"suggested_code":null,"suggested_plate":null,)"
    R"("record":{"violation":"16250","plate":"云M12345","plate_kind":"02","plate_color":"blue",)"
    R"("vehicle_class":"K33","body_color":"A",)"
    R"("times":["2021-03-14T08:25:31.120","2021-03-14T08:25:32.480"],)"
    R"("place":"永昌路与正阳路路口","device_id":"530502000000012345","lane":2,"speed_kmh":78.0,)"
    R"("limit_kmh":60.0},"notes":["unknown field \"x\""],"problems":[)"
    R"({"reason":"picture_missing","file":"2.jpg",)"
    R"("detail":"not in the folder; copy it there"}],)"
    R"("versions":{"tool":"0.1.0","isa":"avx2","catalogue":")" +
    kC + R"(","policy":")" + kD + R"(","sites":null,"models":{"reader":")" + kE +
    R"("},"basis":")" + std::string(64, 'f') + R"("}})";

// A case nothing is known of but its id.
const std::string kBareLine =
    R"({"schema":"vioreview/manifest/1","case_id":"x","source":"","revision":1,"verdict":"manual",)"
    R"("proven":false,"confirm":false,"confidence":0.0,"scores":{"accept":0.0,"reject":0.0},)"
    R"("violation":null,"group":null,"review_by":null,"reasons":[],"checks":[],"plate":null,)"
    R"("vehicle":null,"panels":[],"suggested_code":null,"suggested_plate":null,"record":{},)"
    R"("notes":[],"problems":[],"versions":{"tool":"","isa":"","catalogue":null,"policy":null,)"
    R"("sites":null,"models":{},"basis":null}})";

Case bare_case() {
  Case c;
  c.id = "x";
  return c;
}

std::string example_line(const Verdict& verdict) {
  return manifest_line(example_case(), example_facts(), verdict, example_versions());
}

TEST(ManifestLine, HasTheBytesOfTheFormat) {
  EXPECT_EQ(example_line(example_verdict()), kRejectLine);
  EXPECT_EQ(manifest_line(bare_case(), {}, {}, {}), kBareLine);
}

TEST(ManifestLine, FitsThePublishedSchema) {
  const Value schema = parse_json(manifest_schema()).value();
  for (const std::string& line : {kRejectLine, kBareLine})
    EXPECT_EQ(schema_complaint(schema, parse_json(line).value()), "");
}

TEST(ManifestLine, NeedsEveryKeyThatTheSchemaNames) {
  const Value schema = parse_json(manifest_schema()).value();
  const Value line = parse_json(kRejectLine).value();
  for (const auto& [key, value] : *line.as_object()) {
    Value less;
    for (const auto& [name, member] : *line.as_object())
      if (name != key) less.set(name, member);
    EXPECT_THAT(schema_complaint(schema, less), HasSubstr("\"" + key + "\" is missing"));
  }
}

TEST(ManifestLine, AcceptAlwaysAsksForConfirmation) {
  Verdict verdict;
  for (const Decision decision : {Decision::accept, Decision::reject, Decision::manual}) {
    for (const bool proven : {false, true}) {
      verdict.decision = decision;
      verdict.proven = proven;
      const bool confirm = decision == Decision::accept;
      EXPECT_THAT(example_line(verdict),
                  HasSubstr(std::string(R"("confirm":)") + (confirm ? "true" : "false")));
    }
  }
}

TEST(ManifestLine, SaysSuggestions) {
  Verdict verdict;
  verdict.suggested_code = "1211";
  verdict.suggested_plate = "云M12346";
  EXPECT_THAT(example_line(verdict),
              HasSubstr(R"("suggested_code":"1211","suggested_plate":"云M12346")"));
}

TEST(ManifestLine, NamesNoPlaceOnThisMachine) {
  EXPECT_THAT(example_line(example_verdict()), Not(HasSubstr("/somewhere")));
}

TEST(ManifestLine, TakesIndicesThatLeadNowhereForNothingSeen) {
  Verdict verdict;
  verdict.target = {7, 3, {9, 9, 9}};
  EXPECT_THAT(example_line(verdict), HasSubstr(R"("plate":null,"vehicle":null)"));
  verdict.target = {0, -1, {-1, 0}};
  EXPECT_THAT(example_line(verdict), HasSubstr(R"("plate":null,"vehicle":null)"));
}

TEST(ManifestLine, TellsTheVehicleOfAnotherPanelWhenThePlateIsUnseen) {
  Verdict verdict;
  verdict.target = {-1, -1, {0, -1}};
  EXPECT_THAT(example_line(verdict), HasSubstr(R"("box":[0.0,0.0,50.0,50.0],"panel":0})"));
}

TEST(ManifestLine, CallsAPlateReadableWhenItIsRatherRight) {
  Facts facts = example_facts();
  const auto line = [&] {
    return manifest_line(example_case(), facts, example_verdict(), example_versions());
  };
  facts.panels[0].plates[0].readable = 0.5F;
  EXPECT_THAT(line(), HasSubstr(R"("readable":true)"));
  facts.panels[0].plates[0].readable = 0.49F;
  EXPECT_THAT(line(), HasSubstr(R"("readable":false)"));
  facts.panels[0].plates[0].readable = 0.9F;
  facts.panels[0].plates[0].text.clear();
  EXPECT_THAT(line(), HasSubstr(R"("readable":false)"));
}

TEST(ManifestLine, StaysOnOneLineOfValidUtf8) {
  Case c = bare_case();
  c.notes = {"two\nlines", "broken \xff byte"};
  const std::string line = manifest_line(c, {}, {}, {});
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_THAT(line, HasSubstr(R"("notes":["two\nlines","broken )"
                              "\xEF\xBF\xBD byte\"]"));
}

}  // namespace
}  // namespace vioreview
