// SPDX-License-Identifier: Apache-2.0
// Fields of a record to values: every name, every form; what is not understood is said.
#include "ingest/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/fields.h"
#include "ingest/values.h"

namespace vioreview {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

ReadRecord read(const std::string& json) {
  const auto value = parse_json(json);
  if (!value) throw std::runtime_error(value.problem().detail + " in " + json);
  return read_record(value.value());
}

std::vector<std::string> files_of(const ReadRecord& read) {
  std::vector<std::string> files;
  if (read.pictures)
    for (const auto& picture : *read.pictures) files.push_back(picture.file);
  return files;
}

Time at(const char* text) {
  return parse_time(text).value();
}

TEST(Record, PlainNames) {
  const ReadRecord r = read(R"({
    "case_id": "530502-20210314-000123", "violation": "1625", "plate": "云M12345",
    "plate_kind": "02", "plate_color": "blue", "vehicle_class": "K33", "body_color": "A",
    "times": ["2021-03-14T08:25:31.120", "2021-03-14T08:25:32.480"], "place": "永昌路路口",
    "place_code": "53050201", "device_id": "530502000000012345", "direction": "由南向北", "lane": 2,
    "speed_kmh": 78, "limit_kmh": 60, "collection": "7",
    "pictures": ["1.jpg", {"file": "2.jpg", "role": "closeup", "time": "2021-03-14T08:25:32.480"}]})");
  EXPECT_THAT(r.notes, IsEmpty());
  EXPECT_EQ(r.id, "530502-20210314-000123");
  EXPECT_EQ(r.record.violation, "1625");
  EXPECT_EQ(r.record.plate, "云M12345");
  EXPECT_EQ(r.record.plate_kind, "02");
  EXPECT_EQ(r.record.plate_color, PlateColor::blue);
  EXPECT_EQ(r.record.vehicle_class->code, "K33");
  EXPECT_THAT(r.record.body_color, ElementsAre(BodyColor::white));
  EXPECT_THAT(r.record.times,
              ElementsAre(at("2021-03-14T08:25:31.120"), at("2021-03-14T08:25:32.480")));
  EXPECT_EQ(r.record.place, "永昌路路口");
  EXPECT_EQ(r.record.place_code, "53050201");
  EXPECT_EQ(r.record.device_id, "530502000000012345");
  EXPECT_EQ(r.record.direction, "由南向北");
  EXPECT_EQ(r.record.lane, 2);
  EXPECT_EQ(r.record.speed_kmh, 78);
  EXPECT_EQ(r.record.limit_kmh, 60);
  EXPECT_EQ(r.record.collection, "7");
  ASSERT_TRUE(r.pictures);
  EXPECT_THAT(files_of(r), ElementsAre("1.jpg", "2.jpg"));
  EXPECT_EQ((*r.pictures)[0].role, std::nullopt);
  EXPECT_EQ((*r.pictures)[1].role, Role::closeup);
  EXPECT_EQ((*r.pictures)[1].time, at("2021-03-14T08:25:32.480"));
}

TEST(Record, SixInOneNames) {
  // The sample of the upload form, with a plate made up.
  const ReadRecord r = read(R"({"hphm":"粤V12345","hpzl":"02","csys":"A","jtfs":"K33",
    "wfsj":"2017-03-29 09:19","wfxw":"1352A","bzz":"60","scz":"71","wfdd":"60755","lddm":"1002",
    "ddms":"0","sbbh":"445100000000070001","cjfs":"7","tpzl":"100","tpw":"0","tph":"0",
    "xp1":"1002737201703290919312542_1.jpg"})");
  EXPECT_THAT(r.notes, IsEmpty());
  EXPECT_EQ(r.record.plate, "粤V12345");
  EXPECT_EQ(r.record.plate_kind, "02");
  EXPECT_THAT(r.record.body_color, ElementsAre(BodyColor::white));
  EXPECT_EQ(r.record.vehicle_class->code, "K33");
  EXPECT_THAT(r.record.times, ElementsAre(at("2017-03-29T09:19:00")));
  EXPECT_EQ(r.record.violation, "1352A");
  EXPECT_EQ(r.record.limit_kmh, 60);
  EXPECT_EQ(r.record.speed_kmh, 71);
  EXPECT_EQ(r.record.place_code, "607551002000");  // road, kilometre, metre
  EXPECT_EQ(r.record.device_id, "445100000000070001");
  EXPECT_EQ(r.record.collection, "7");
  EXPECT_THAT(files_of(r), ElementsAre("1002737201703290919312542_1.jpg"));
}

TEST(Record, PassingRecordNames) {
  const ReadRecord r = read(R"({"kkbh":"440100000001","kkmc":"东门卡口","fxlx":"03","cdh":"2",
    "hphm":"粤A12345","hpzl":"01","hpys":"1","cllx":"H11","csys":"H","gcsj":"2021-03-14 08:25:31",
    "clsd":"55","clxs":"60","tplj":"a/b","tp1":"1.jpg","tp2":"2.jpg","tztp":"t.jpg"})");
  EXPECT_THAT(r.notes, IsEmpty());
  EXPECT_EQ(r.record.device_id, "440100000001");
  EXPECT_EQ(r.record.place, "东门卡口");
  EXPECT_EQ(r.record.direction, "由南向北");
  EXPECT_EQ(r.record.lane, 2);
  EXPECT_EQ(r.record.plate_color, PlateColor::yellow);
  EXPECT_EQ(r.record.vehicle_class->code, "H11");
  EXPECT_EQ(r.record.speed_kmh, 55);
  EXPECT_EQ(r.record.limit_kmh, 60);
  EXPECT_THAT(r.record.times, ElementsAre(at("2021-03-14T08:25:31")));
  EXPECT_THAT(files_of(r), ElementsAre("a/b/1.jpg", "a/b/2.jpg", "a/b/t.jpg"));
  EXPECT_EQ(r.pictures->back().role, Role::closeup);
}

TEST(Record, ADeviceAndAPlaceWinOverTheCheckpoint) {
  const ReadRecord r =
      read(R"({"kkbh":"K1","sbbh":"D1","kkmc":"卡口","wfdz":"路口","pictures":["1.jpg"]})");
  EXPECT_EQ(r.record.device_id, "D1");
  EXPECT_EQ(r.record.place, "路口");
  EXPECT_THAT(r.notes, IsEmpty());
}

TEST(Record, NamesInAnyCaseAndInChinese) {
  EXPECT_EQ(field_named("HPHM"), Field::plate);
  EXPECT_EQ(field_named(" Plate Color "), Field::plate_color);
  EXPECT_EQ(field_named("plate-kind"), Field::plate_kind);
  EXPECT_EQ(field_named("号牌号码"), Field::plate);
  EXPECT_EQ(field_named("XP3"), Field::picture);
  EXPECT_EQ(field_named("picture_12"), Field::picture);
  EXPECT_EQ(field_named("tp4"), Field::picture);
  EXPECT_EQ(field_named("time2"), Field::time);
  EXPECT_EQ(field_named("plate2"), Field::unknown);
  EXPECT_EQ(field_named("picture123"), Field::unknown);
  EXPECT_EQ(field_named(""), Field::unknown);
  EXPECT_EQ(field_named("7"), Field::unknown);
  EXPECT_EQ(number_of("xp12"), 12);
  EXPECT_EQ(number_of("xp"), 0);
}

TEST(Record, OwnersAreDroppedAndNeverNoted) {
  const ReadRecord r = read(R"({"plate":"云M12345","JDCSYR":"张三丰","ZSXXDZ":"幸福里 1 号",
    "DH":"13800000000","LXFS":{"x":"13800000000"},"owner":"Zhang","address":["幸福里"],"phone":138,
    "车主":"张三丰","ZQMJ":"李四光",
    "site_facts":{"limit":60,"owner":"张三丰","rules":[{"phone":"138","hours":"7-9"}]}})");
  EXPECT_THAT(r.notes, ElementsAre("data of owners and officers were dropped"));
  EXPECT_EQ(r.record.site_facts_json, R"({"limit":60,"rules":[{"hours":"7-9"}]})");
}

TEST(Record, UnknownFieldsAreNamedOnceWithoutValues) {
  const ReadRecord r = read(R"({"weather":"secret","moon":[1],"plate":"云M12345"})");
  EXPECT_THAT(r.notes, ElementsAre("unknown fields: weather, moon"));
  std::string many = "{";
  for (int i = 0; i < 5000; ++i) many += "\"f" + std::to_string(i) + "\":1,";
  many += "\"" + std::string(5000, 'x') + "\":1}";
  const ReadRecord full = read(many);
  ASSERT_EQ(full.notes.size(), 1U);
  EXPECT_LT(full.notes[0].size(), 400U);
  EXPECT_THAT(full.notes[0], HasSubstr("and 4981 more"));
}

struct PlateGiven {
  const char *given, *plate;
};

TEST(Record, PlatesAreCleaned) {
  for (const auto& [given, plate] :
       {PlateGiven{"云M12345", "云M12345"}, PlateGiven{" 云m·12345 ", "云M12345"},
        PlateGiven{"云Ｍ１２３４５", "云M12345"}, PlateGiven{"云M-12345", "云M12345"},
        PlateGiven{"云M•12 345", "云M12345"}, PlateGiven{"云M.12345", "云M12345"},
        PlateGiven{"粤Z1234港", "粤Z1234港"}, PlateGiven{"京a00000", "京A00000"},
        PlateGiven{"=1+1", "=1+1"}, PlateGiven{"粤V?????", "粤V?????"}}) {
    EXPECT_EQ(plate_of(given), plate);
    const ReadRecord r = read(R"({"plate":")" + std::string(given) + "\"}");
    EXPECT_EQ(r.record.plate, plate);
    EXPECT_THAT(r.notes, IsEmpty()) << given;
  }
}

TEST(Record, UnreadPlatesAreNone) {
  for (const char* given :
       {"未识别", "无车牌", "000000", "00000000", "车牌", "-", "", "  ", "无牌", "unknown", "·"}) {
    const ReadRecord r = read(R"({"plate":")" + std::string(given) + "\"}");
    EXPECT_EQ(r.record.plate, "") << given;
    EXPECT_THAT(r.notes, ElementsAre("the device read no plate")) << given;
  }
}

struct Odd {
  const char *json, *note;
};

// Each of these fields is unknown in the end, and a note names it; the rest of the record stands.
TEST(Record, WrongKindsAndImpossibleValuesAreUnknown) {
  const Odd odd[] = {
      {R"("violation":["1625"])", "violation is not understood"},
      {R"("violation":true)", "violation is not understood"},
      {R"("plate_kind":"77")", "plate_kind is not understood: 77"},
      {R"("plate_kind":{})", "plate_kind is not understood"},
      {R"("plate_color":"plaid")", "plate_color is not understood: plaid"},
      {R"("hpys":"4")", "hpys is not understood: 4"},
      {R"("vehicle_class":"K3333")", "vehicle_class is not understood"},
      {R"("vehicle_class":7)", "vehicle_class is not understood"},
      {R"("body_color":"plaid")", "body_color is not understood"},
      {R"("csys":"Y")", "csys is not understood"},
      {R"("layout":"9x9")", "layout is not understood: 9x9; give rows x columns (2x2)"},
      {R"("lane":"left")", "lane is not understood"},
      {R"("lane":1.5)", "lane is not understood"},
      {R"("lane":1000)", "lane is not understood"},
      {R"("lane":[1])", "lane is not understood"},
      {R"("lane":0)", "lane says that the lane is unknown: 0"},
      {R"("lane":-1)", "lane says that the lane is unknown: -1"},
      {R"("speed_kmh":-5)", "speed_kmh is not understood: -5"},
      {R"("speed_kmh":"fast")", "speed_kmh is not understood: fast"},
      {R"("speed_kmh":"71 km")", "speed_kmh is not understood"},
      {R"("speed_kmh":1e9)", "speed_kmh is not understood"},
      {R"("scz":"nan")", "scz is not understood"},
      {R"("scz":"inf")", "scz is not understood"},
      {R"("scz":"0")", "scz is 0: taken as unknown"},
      {R"("bzz":0)", "bzz is 0: taken as unknown"},
      {R"("limit_kmh":{"value":60})", "limit_kmh is not understood"},
      {R"("times":"tomorrow")", "times is not understood: tomorrow"},
      {R"("times":[[]])", "times is not understood"},
      {R"("times":{"a":1})", "times is not understood"},
      {R"("wfsj":"2021-02-30 08:00:00")", "wfsj is not understood"},
      {R"("wfsj":20210314)", "wfsj is not understood"},
      {R"("place":["a"])", "place is not understood"},
      {R"("device_id":false)", "device_id is not understood"},
      {R"("site_facts":"no tree")", "site_facts is not understood"},
      {R"("site_facts":[1])", "site_facts is not understood"},
      {R"("case_id":{"a":1})", "case_id is not understood"},
      {R"("plate":["云M12345"])", "plate is no text"},
  };
  for (const Odd& o : odd) {
    const ReadRecord r = read(std::string("{") + o.json + R"(,"collection":"2"})");
    EXPECT_THAT(r.notes, ElementsAre(HasSubstr(o.note))) << o.json;
    Record rest;
    rest.collection = "2";
    EXPECT_EQ(r.record, rest) << o.json;
    EXPECT_EQ(r.id, "") << o.json;
  }
}

TEST(Record, NotesHoldNoPlate) {
  const ReadRecord r = read(R"({"plate":["云M12345"],"hphm":{"a":"云M12345"}})");
  EXPECT_THAT(r.notes, Not(Contains(HasSubstr("12345"))));
}

TEST(Record, NullsAndEmptyTextsSayNothing) {
  const ReadRecord r = read(
      R"({"violation":null,"lane":"","speed_kmh":" ","wfsj":"","place":"","plate_kind":"","xp1":"","times":null})");
  EXPECT_THAT(r.notes, IsEmpty());
  EXPECT_EQ(r.record, Record{});
}

TEST(Record, NumbersMayComeAsTextAndCodesAsNumbers) {
  const ReadRecord r = read(
      R"({"violation":1625,"plate_kind":2,"lane":"2","speed_kmh":"78.5","limit_kmh":"60","case_id":17,"device_id":530502.0})");
  EXPECT_THAT(r.notes, IsEmpty());
  EXPECT_EQ(r.record.violation, "1625");
  EXPECT_EQ(r.record.plate_kind, "02");
  EXPECT_EQ(r.record.lane, 2);
  EXPECT_EQ(r.record.speed_kmh, 78.5);
  EXPECT_EQ(r.record.limit_kmh, 60);
  EXPECT_EQ(r.record.device_id, "530502");
  EXPECT_EQ(r.id, "17");
}

TEST(Record, CodesAreKeptInCapitals) {
  EXPECT_EQ(read(R"({"wfxw":" 1352a "})").record.violation, "1352A");
  EXPECT_EQ(read(R"({"wfxw":"１６２５０"})").record.violation, "16250");
  EXPECT_EQ(read(R"({"wfxw":"83036"})").record.violation, "83036");
}

TEST(Record, FieldsThatContradictEachOtherAreUnknown) {
  const Odd cases[] = {
      {R"("scz":"71","speed_kmh":78)", "speed_kmh contradicts"},
      {R"("plate":"云M12345","hphm":"云M12346")", "hphm contradicts"},
      {R"("violation":"1625","wfxw":"1345")", "wfxw contradicts"},
      {R"("csys":"A","body_color":"black")", "body_color contradicts"},
      {R"("jtfs":"K33","cllx":"H11")", "cllx contradicts"},
      {R"("lane":1,"cdh":2)", "cdh contradicts"},
      {R"("wfsj":"2021-03-14 08:25:31","gcsj":"2021-03-14 08:25:32")", "gcsj contradicts"},
      {R"("place":"a","wfdz":"b")", "wfdz contradicts"},
  };
  for (const Odd& c : cases) {
    const ReadRecord r = read(std::string("{") + c.json + "}");
    EXPECT_THAT(r.notes, ElementsAre(HasSubstr(c.note))) << c.json;
    EXPECT_EQ(r.record, Record{}) << c.json;
  }
  // A third field cannot win either.
  const ReadRecord third = read(R"({"scz":71,"speed_kmh":78,"clsd":71})");
  EXPECT_EQ(third.record.speed_kmh, std::nullopt);
}

TEST(Record, FieldsThatAgreeAreNoContradiction) {
  const ReadRecord r = read(
      R"({"scz":"78","speed_kmh":78,"plate":"云M·12345","hphm":"云M12345","csys":"A","body_color":"白色","gcsj":"20210314082531","wfsj":"2021-03-14 08:25:31"})");
  EXPECT_THAT(r.notes, IsEmpty());
  EXPECT_EQ(r.record.speed_kmh, 78);
  EXPECT_EQ(r.record.plate, "云M12345");
  EXPECT_EQ(r.record.times.size(), 1U);
}

TEST(Record, TimesInEveryForm) {
  const auto one = at("2021-03-14T08:25:31"), two = at("2021-03-14T08:25:32");
  for (const char* json : {R"({"times":["2021-03-14 08:25:31","20210314082532"]})",
                           R"({"times":"2021-03-14 08:25:31;2021-03-14 08:25:32"})",
                           R"({"times":"2021-03-14 08:25:31 | 2021-03-14 08:25:32"})",
                           R"({"time2":"2021-03-14 08:25:32","time1":"2021-03-14 08:25:31"})",
                           R"({"time":"2021-03-14 08:25:31","time_2":"2021-03-14 08:25:32"})"}) {
    const ReadRecord r = read(json);
    EXPECT_THAT(r.record.times, ElementsAre(one, two)) << json;
    EXPECT_THAT(r.notes, IsEmpty()) << json;
  }
  const ReadRecord both = read(
      R"({"time":"2021-03-14 08:25:31","times":["2021-03-14 08:25:31","2021-03-14 08:25:32"]})");
  EXPECT_THAT(both.record.times, ElementsAre(one, two));
  EXPECT_THAT(both.notes, IsEmpty());
  const ReadRecord odd = read(R"({"time":"2021-03-14 09:00:00","times":["2021-03-14 08:25:31"]})");
  EXPECT_THAT(odd.record.times, ElementsAre(one));
  EXPECT_THAT(odd.notes, ElementsAre(HasSubstr("contradicts the list of times")));
}

TEST(Record, ATimeThatIsLeftOutIsRemembered) {
  const ReadRecord r = read(R"({"times":["2021-03-14 08:25:31","never","2021-03-14 08:25:33"]})");
  EXPECT_EQ(r.record.times.size(), 2U);
  EXPECT_FALSE(r.times_whole);
  EXPECT_TRUE(read(R"({"times":["2021-03-14 08:25:31"]})").times_whole);
}

TEST(Record, TheSecondPointOfAnIntervalSpeedIsSaid) {
  const ReadRecord r = read(
      R"({"wfsj":"2021-03-14 08:25:31","wfsj1":"2021-03-14 08:31:00","wfdd1":"60756","lddm1":"1"})");
  EXPECT_EQ(r.record.times.size(), 1U);
  EXPECT_THAT(r.notes, ElementsAre("the second point of an interval speed is not used"));
}

TEST(Record, PicturesInEveryForm) {
  const Odd forms[] = {{R"("pictures":["1.jpg","2.jpg"])", ""},
                       {R"("pictures":[{"file":"1.jpg"},{"file":"2.jpg"}])", ""},
                       {R"("pictures":"1.jpg;2.jpg")", ""},
                       {R"("pictures":" 1.jpg | 2.jpg |")", ""},
                       {R"("xp2":"2.jpg","xp1":"1.jpg")", ""},
                       {R"("tp1":"1.jpg","tp2":"2.jpg")", ""},
                       {R"("picture1":"1.jpg","picture2":"2.jpg")", ""},
                       {R"("picture":"1.jpg","pictures":["2.jpg","1.jpg"])", "order of the list"},
                       {R"("pictures":["1.jpg"],"xp1":"1.jpg","xp2":"2.jpg")", ""}};
  for (const Odd& form : forms) {
    const ReadRecord r = read(std::string("{") + form.json + "}");
    EXPECT_THAT(r.notes, IsEmpty()) << form.json;
    const std::vector<std::string> expected = *form.note
                                                  ? std::vector<std::string>{"2.jpg", "1.jpg"}
                                                  : std::vector<std::string>{"1.jpg", "2.jpg"};
    EXPECT_EQ(files_of(r), expected) << form.json;
  }
  EXPECT_FALSE(read("{}").pictures);
  EXPECT_TRUE(read(R"({"pictures":[]})").pictures);
}

TEST(Record, PicturesOfWrongKinds) {
  const ReadRecord r = read(R"({"pictures":[1,null,{"role":"panel"},{"file":7},"", "ok.jpg",
    {"file":"odd.jpg","role":"mirror"},{"file":"late.jpg","time":"late"},
    {"file":"zh.jpg","role":"特写"},{"file":"caps.jpg","role":"Signal"}]})");
  EXPECT_THAT(files_of(r), ElementsAre("ok.jpg", "odd.jpg", "late.jpg", "zh.jpg", "caps.jpg"));
  EXPECT_THAT(r.notes, Contains(HasSubstr("unknown role of odd.jpg: mirror")));
  EXPECT_THAT(r.notes, Contains(HasSubstr("the time of late.jpg is not understood")));
  EXPECT_EQ(r.notes.size(), 7U);
  EXPECT_EQ((*r.pictures)[3].role, Role::closeup);
  EXPECT_EQ((*r.pictures)[4].role, Role::signal);
  EXPECT_THAT(read(R"({"pictures":7})").notes, ElementsAre("pictures is not understood: 7"));
  EXPECT_THAT(read(R"({"xp1":7})").notes, ElementsAre("xp1 is not understood: 7"));
}

TEST(Record, IdsThatCannotBeKept) {
  EXPECT_EQ(read(R"({"case_id":" 案件-1 "})").id, "案件-1");
  EXPECT_EQ(read(R"({"case_id":"../../etc/passwd"})").id,
            "../../etc/passwd");  // text, never a path
  EXPECT_EQ(read("{\"case_id\":\"=cmd()\"}").id, "=cmd()");
  EXPECT_EQ(read(R"({"case_id":")" + std::string(128, 'x') + "\"}").id, std::string(128, 'x'));
  std::string wide;
  for (int i = 0; i < 128; ++i) wide += "案";
  EXPECT_EQ(read(R"({"case_id":")" + wide + "\"}").id, wide);
  for (const std::string& id :
       {std::string(129, 'x'), wide + "案", std::string(R"(a\u0000b)"), std::string(R"(a\nb)"),
        std::string(R"(a\u001bb)"), std::string(R"(a\u0085b)"), std::string(R"(a\u202eb)")}) {
    const ReadRecord r = read(R"({"case_id":")" + id + "\"}");
    EXPECT_EQ(r.id, "") << id;
    EXPECT_THAT(r.notes, ElementsAre(HasSubstr("an id was made"))) << id;
  }
  const ReadRecord two = read(R"({"case_id":"a","xh":"b"})");
  EXPECT_EQ(two.id, "a");
  EXPECT_THAT(two.notes, ElementsAre(HasSubstr("the first is kept")));
}

TEST(Record, DirectionsBecomeAPhraseOrStay) {
  EXPECT_EQ(read(R"({"direction":"03"})").record.direction, "由南向北");
  EXPECT_EQ(read(R"({"direction":"S->N"})").record.direction, "由南向北");
  const ReadRecord r = read(R"({"fx":"上行"})");
  EXPECT_EQ(r.record.direction, "上行");
  EXPECT_THAT(r.notes, ElementsAre("fx is no known direction: 上行"));
}

TEST(Record, LongTextsAreCutBetweenCharacters) {
  std::string place;
  for (int i = 0; i < 1000; ++i) place += "路";
  const ReadRecord r = read(R"({"place":")" + place + "\"}");
  EXPECT_EQ(r.record.place, place.substr(0, 510));
  EXPECT_THAT(r.notes, ElementsAre(HasSubstr("was cut")));
}

TEST(Record, TextsAreKeptAsTheyAre) {
  const ReadRecord r = read(R"json({"place":"=HYPERLINK(\"http://x\")","device_id":"+1-2@"})json");
  EXPECT_EQ(r.record.place, "=HYPERLINK(\"http://x\")");
  EXPECT_EQ(r.record.device_id, "+1-2@");
}

TEST(Record, SiteFactsMayBeTextOfATable) {
  EXPECT_EQ(read(R"({"site_facts":"{\"limit\": 60}"})").record.site_facts_json, R"({"limit":60})");
}

}  // namespace
}  // namespace vioreview
