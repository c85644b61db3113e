// SPDX-License-Identifier: Apache-2.0
// Makers' records: example files written by hand from the documented fields (domain reference 7).
#include "ingest/makers.h"

#include <gmock/gmock.h>

#include "ingest/archives.h"
#include "ingest/batches.h"
#include "ingest/read_picture.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;

class Makers : public testing::Test {
 protected:
  // The example beside pictures 1.jpg to 4.jpg, in the folder itself and in pictures/.
  fs::path example(const std::string& name) const {
    for (const char* folder : {"", "pictures/"})
      for (const char* picture : {"1.jpg", "2.jpg", "3.jpg", "4.jpg"})
        dir_.write(folder + std::string(picture), picture);
    const fs::path source = fs::path(VIOREVIEW_SOURCE_DIR) / "tests/ingest/makers" / name;
    return dir_.write(name, read_file(source));
  }
  TestDir dir_;
};

std::string bytes_of(const PictureRef& picture) {
  const auto bytes = read_picture(picture);
  return bytes ? std::string(bytes.value().begin(), bytes.value().end()) : bytes.problem().reason;
}

std::string all_notes(const Case& c) {
  std::string all;
  for (const std::string& note : c.notes) all += note + "\n";
  return all;
}

TEST_F(Makers, AnIsapiEvent) {
  dir_.write("licensePlatePicture.jpg", "plate");
  dir_.write("detectionPicture.jpg", "whole");
  const Batch batch = ingested(example("isapi_anpr.xml"));
  ASSERT_EQ(batch.cases.size(), 1U);
  const Case& c = batch.cases[0];
  EXPECT_EQ(c.id, "602cf998-1dd2-11b2-a842-be6ebc977415");
  EXPECT_THAT(c.problems, IsEmpty());
  const Record& r = c.record;
  EXPECT_EQ(r.violation, "1636");
  EXPECT_EQ(r.plate, "云M12345");
  EXPECT_EQ(r.plate_color, PlateColor::blue);
  EXPECT_THAT(r.body_color, ElementsAre(BodyColor::grey));
  EXPECT_EQ(r.vehicle_class->code, "small_vehicle");
  EXPECT_EQ(r.device_id, "530502000000012345");
  EXPECT_EQ(r.place, "永昌路与正阳路路口");
  EXPECT_EQ(r.direction, "由南向北");  // 5 of the device, which is 03 of the standard
  EXPECT_EQ(r.lane, 2);
  EXPECT_EQ(r.speed_kmh, 78);
  EXPECT_EQ(r.limit_kmh, 60);
  EXPECT_THAT(r.times, ElementsAre(*parse_time("2026-03-14T08:25:31.120")));
  ASSERT_THAT(files_of(c), ElementsAre("detectionPicture.jpg", "licensePlatePicture.jpg"));
  EXPECT_EQ(c.pictures[0].role, Role::panel);
  EXPECT_EQ(c.pictures[1].role, Role::closeup);
  EXPECT_EQ(c.pictures[0].time, parse_time("2026-03-14T08:25:31.120"));
  EXPECT_THAT(all_notes(c), HasSubstr("not sure of character 4"));
  EXPECT_THAT(all_notes(c), HasSubstr("sent late"));
}

TEST_F(Makers, AnIsapiEventInJsonAndItsOwnCodes) {
  dir_.write(
      "a/event.json",
      R"({"deviceID":"jn1","dateTime":"2026-03-14T19:23:52+08:00","aNPR":{"licensePlate":"车牌",)"
      R"("plateColor":"unknown","plateCharBelieve":"0","illegalInfo":{"illegalCode":"9042"},)"
      R"("vehicleType":"unknown","speedLimit":"0","postPicFileName":"a.jpg"},"UUID":"u1"})");
  dir_.write("a/event.jpg", "of the same name");
  const Case c = case_at(ingested(dir_.path()), "a/event.json");
  EXPECT_EQ(c.record.violation, "");
  EXPECT_EQ(c.record.plate, "");
  EXPECT_EQ(bytes_of(c.pictures.at(0)), "of the same name");
  EXPECT_THAT(all_notes(c), HasSubstr("9042"));
  EXPECT_THAT(all_notes(c), HasSubstr("postPicFileName is not used"));
}

TEST_F(Makers, AnUploadCarriesItsPictures) {
  const fs::path file = example("upload.json");
  const Case c = ingested(file).cases.at(0);
  EXPECT_EQ(c.id, "5305021000000007");
  EXPECT_EQ(c.record.violation, "1352A");
  EXPECT_EQ(c.record.collection, "7");
  EXPECT_EQ(c.record.place_code, "607551002000");
  EXPECT_THAT(c.problems, IsEmpty());
  ASSERT_EQ(c.pictures.size(), 2U);
  EXPECT_EQ(bytes_of(c.pictures[0]), "first picture");
  EXPECT_EQ(bytes_of(c.pictures[1]), "second picture");
  EXPECT_EQ(c.pictures[1].file, "530502000000012345202603140825310001_2.jpg");
  EXPECT_EQ(c.pictures[1].within->size, 14);
  EXPECT_THAT(all_notes(c), Not(HasSubstr("someone")));
}

// One line after another, in a folder, and in archives: the same pictures.
TEST_F(Makers, UploadsLieAnywhere) {
  std::string upload = read_file(example("upload.json"));
  std::erase(upload, '\n');
  const std::string other = R"({"xh":"8","hphm":"云M1","zpstr1":"b3RoZXI="})";
  const std::string lines = upload + "\r\n" + other + "\n";
  const std::vector<Packed> in_lines = {{"night/uploads.jsonl", lines}};
  const std::vector<Packed> in_files = {{"n/a.json", upload}, {"n/b.json", other}};
  std::vector<fs::path> batches = {dir_.write("uploads.jsonl", lines)};
  for (const char* ending : {".zip", ".tar", ".tar.gz", ".tar.zst"}) {
    batches.push_back(pack(dir_ / ("lines" + std::string(ending)), in_lines));
    batches.push_back(pack(dir_ / ("files" + std::string(ending)), in_files));
  }
  for (const fs::path& path : batches) {
    const Batch batch = ingested(path);
    ASSERT_THAT(ids_of(batch), ElementsAre("5305021000000007", "8")) << path;
    EXPECT_EQ(bytes_of(batch.cases[0].pictures.at(1)), "second picture") << path;
    EXPECT_EQ(bytes_of(batch.cases[1].pictures.at(0)), "other") << path;
  }
}

// Platforms also write all uploads into one array; a backslash may be half a character there.
TEST_F(Makers, UploadsInOneArray) {
  const std::string upload = read_file(example("upload.json"));
  const std::string array = "[\n" + upload +
                            R"(, {"xh":"8","wfdz":"乗\\\"}],[{","zpstr1":"b3RoZXI="},)" +
                            R"( 7, {"xh":"9","zpstr1":"bmluZQ=="}])";
  const std::string gbk = to_gb18030(array);
  ASSERT_THAT(gbk, HasSubstr("\x81\x5C")) << "which ends like a backslash";
  std::vector<fs::path> batches = {dir_.write("a.json", array), dir_.write("g.json", gbk),
                                   dir_.write("tree/d/a.json", array).parent_path()};
  for (const char* ending : {".zip", ".tar.zst"})
    batches.push_back(pack(dir_ / ("a" + std::string(ending)), {{"d/a.json", gbk}}));
  for (const fs::path& path : batches) {
    const Batch batch = ingested(path);
    ASSERT_EQ(batch.cases.size(), 4U) << path;
    EXPECT_EQ(batch.cases[0].id, "5305021000000007") << path;
    EXPECT_EQ(bytes_of(batch.cases[0].pictures.at(1)), "second picture") << path;
    EXPECT_EQ(bytes_of(batch.cases[1].pictures.at(0)), "other") << path;
    EXPECT_EQ(batch.cases[1].record.place, "乗\\\"}],[{") << path;
    EXPECT_EQ(bytes_of(batch.cases[2].pictures.at(0)), "nine") << path;
    EXPECT_EQ(batch.cases[3].problems.at(0).detail, "element 3: holds no JSON object") << path;
    EXPECT_THAT(batch.cases[3].source, testing::EndsWith(".json:3")) << path;
  }
}

// A text is cut to a number of bytes, within a character.
TEST_F(Makers, ACutCharacterInAnArrayHidesNoCase) {
  const std::string good = R"({"xh":"8","zpstr1":"b3RoZXI="})";
  const std::string array = "[" + to_gb18030(R"({"xh":"7","wfdz":"永昌路)") + "\xC2" +
                            R"(","zpstr1":"Zm9v"},)" + good + "]";
  const Batch batch = ingested(dir_.write("a.json", array));
  ASSERT_THAT(ids_of(batch), ElementsAre("7", "8"));
  EXPECT_EQ(bytes_of(batch.cases[1].pictures.at(0)), "other");
  // Here the cut character takes the bracket with it.
  const Batch torn = ingested(dir_.write(
      "t.json", "[" + to_gb18030(R"({"xh":"7","wfdz":"永昌路"})") + ",\xC2[1]," + good + "]"));
  EXPECT_GE(torn.cases.size(), 1U);
  for (const Case& c : torn.cases) EXPECT_THAT(c.problems, testing::Not(IsEmpty()));
}

TEST_F(Makers, NeighboursThatAreNoObjectsAreOneCase) {
  const Batch array = ingested(dir_.write("a.json", R"([{"xh":"8","zpstr1":"Zm9v"},0,1,[],2])"));
  ASSERT_EQ(array.cases.size(), 2U);
  EXPECT_EQ(case_at(array, "a.json:2").problems.at(0).detail,
            "elements 2 to 5 hold no JSON object");
  const Batch lines =
      ingested(dir_.write("a.jsonl", "0\n1\n\n[]\n{\"xh\":\"8\",\"zpstr1\":\"Zm9v\"}\n2\n"));
  ASSERT_EQ(lines.cases.size(), 3U);
  EXPECT_EQ(case_at(lines, "a.jsonl:1").problems.at(0).detail, "lines 1 to 4 hold no JSON object");
  EXPECT_EQ(case_at(lines, "a.jsonl:6").problems.at(0).detail, "line 6: holds no JSON object");
}

TEST_F(Makers, AnUploadThatLostAPicture) {
  const Case c =
      ingested(dir_.write("a.jsonl",
                          R"({"xh":"1","zpsl":3,"zpstr1":"Zm9v","zpstr2":"Zm9","zpstr3":null})"
                          "\n"))
          .cases.at(0);
  EXPECT_THAT(problems_of(c), ElementsAre("picture_missing "));
  ASSERT_EQ(c.pictures.size(), 2U);
  EXPECT_EQ(bytes_of(c.pictures[0]), "foo");
  EXPECT_EQ(bytes_of(c.pictures[1]), "picture_undecodable");
  // The fault that was seen in such writers: a key without its quote.
  const Case broken =
      ingested(dir_.write("b.jsonl", R"({"xh":"1","zpstr1":"Zm9v",zpstr3:"Zm9v"})")).cases.at(0);
  EXPECT_THAT(problems_of(broken), ElementsAre("record_invalid "));
}

TEST_F(Makers, ARowOfVioSurveil) {
  const Case c = ingested(example("vio_surveil.csv")).cases.at(0);
  EXPECT_EQ(c.record.plate, "云M54321");
  EXPECT_EQ(c.record.collection, "7");  // it has a second point
  EXPECT_THAT(c.record.body_color, ElementsAre(BodyColor::grey, BodyColor::black));
  EXPECT_EQ(c.record.times.size(), 1U);
  EXPECT_THAT(files_of(c), ElementsAre("1.jpg", "2.jpg"));
  EXPECT_THAT(all_notes(c), HasSubstr("screened (筛选) before, at 2026-03-15 10:00:00"));
  for (const char* person : {"someone", "an owner", "an address"})
    EXPECT_THAT(all_notes(c) + write_json(to_value(c.record)), Not(HasSubstr(person)));
}

TEST_F(Makers, CheckpointRecordsWithTheMakersNumbers) {
  const Batch batch = ingested(example("checkpoint.jsonl"));
  const Case& first = case_at(batch, "checkpoint.jsonl:1");
  EXPECT_EQ(first.record.violation, "1636");
  EXPECT_EQ(first.record.plate_color, PlateColor::blue);  // 1 of this maker; nationally yellow
  EXPECT_THAT(first.record.body_color, ElementsAre(BodyColor::grey, BodyColor::white));
  EXPECT_EQ(first.record.place, "永昌路卡口");
  EXPECT_EQ(first.record.direction, "由南向北");
  ASSERT_THAT(files_of(first), ElementsAre("pictures/1.jpg", "pictures/2.jpg", "pictures/3.jpg"));
  EXPECT_EQ(first.pictures[2].role, Role::closeup);
  EXPECT_THAT(all_notes(first), HasSubstr("second plate"));
  EXPECT_THAT(all_notes(first), HasSubstr("not sure of the plate: 0.62"));
  const Case& second = case_at(batch, "checkpoint.jsonl:2");
  EXPECT_EQ(second.record.violation, "");
  EXPECT_EQ(second.record.plate, "");
  EXPECT_EQ(second.record.plate_color, PlateColor::blue);  // 2, nationally
  const Case& third = case_at(batch, "checkpoint.jsonl:3");
  EXPECT_EQ(third.record.violation, "1625");
  EXPECT_EQ(third.record.limit_kmh, 80);  // of small vehicles
  EXPECT_THAT(files_of(third), ElementsAre("pictures/1.jpg", "pictures/2.jpg"));
  EXPECT_THAT(all_notes(third), HasSubstr("sent late"));
}

TEST_F(Makers, EventsBecomeCodesWhereOneFits) {
  const Batch batch = ingested(example("events.jsonl"));
  const std::pair<const char*, const char*> codes[] = {
      {"e1", "1625"}, {"e2", "1636"}, {"e3", "1345"}, {"e4", ""},
      {"e5", ""},     {"e6", ""},     {"e7", "1208"}};
  ASSERT_EQ(batch.cases.size(), std::size(codes));
  for (std::size_t i = 0; i < std::size(codes); ++i) {
    EXPECT_EQ(batch.cases[i].id, codes[i].first);
    EXPECT_EQ(batch.cases[i].record.violation, codes[i].second) << codes[i].first;
    EXPECT_THAT(all_notes(batch.cases[i]), HasSubstr("event 0x")) << codes[i].first;
  }
}

// samples/formats holds the same event in every form.
TEST(Samples, EachFormGivesTheEventAndItsPicture) {
  const fs::path folder = fs::path(VIOREVIEW_SOURCE_DIR) / "samples/formats";
  const std::string picture = read_file(folder / "pictures/1.jpg");
  for (const char* name : {"index.csv", "index.jsonl", "night.zip", "upload.jsonl",
                           "vio_surveil.csv", "checkpoint.jsonl", "isapi.xml", "events.jsonl"}) {
    const Batch batch = ingested(folder / name);
    ASSERT_EQ(batch.cases.size(), 1U) << name;
    const Case& c = batch.cases[0];
    EXPECT_THAT(c.problems, IsEmpty()) << name;
    EXPECT_EQ(c.record.violation, "1636") << name;
    EXPECT_EQ(c.record.plate, "冀FT2619") << name;
    EXPECT_EQ(c.record.speed_kmh, 78) << name;
    EXPECT_EQ(c.record.limit_kmh, 60) << name;
    ASSERT_EQ(c.pictures.size(), 1U) << name;
    EXPECT_EQ(bytes_of(c.pictures[0]), picture) << name;
  }
}

// The same number means different colours to different makers.
TEST(MakerTables, NumbersOfMakersConflict) {
  EXPECT_EQ(makers_word("uniview", "plate_color", "3"), "white");
  EXPECT_EQ(makers_word("vpr", "plate_color", "3"), "white");
  EXPECT_EQ(makers_word("blue_black_yellow_white", "plate_color", "3"), "yellow");
  EXPECT_EQ(makers_word("vpr", "plate_color", "0"), "blue");
  EXPECT_EQ(makers_word("uniview", "plate_color", "0"), "");
  EXPECT_EQ(makers_word("hz", "plate_color", "6"), std::nullopt);
  EXPECT_EQ(makers_word("nobody", "plate_color", "1"), std::nullopt);
  EXPECT_EQ(maker_named(" 大华 "), "dahua");
  EXPECT_EQ(maker_named("Uniview"), "uniview");
  EXPECT_EQ(maker_named("大"), "");
}

// Every word of the tables is one that records understand.
TEST(MakerTables, SpeakPlainWords) {
  const Value tree = parse_toml(makers_toml(), "makers.toml");
  int words = 0;
  for (const Value& maker : *tree.find("maker")->as_array())
    for (const auto& [table, values] : *maker.as_object()) {
      if (!values.as_object()) continue;
      for (const auto& [key, value] : *values.as_object()) {
        const std::string& word = *value.as_string();
        ++words;
        if (word.empty()) continue;
        const bool known = table == "plate_color"     ? parse_plate_color(word).has_value()
                           : table == "body_color"    ? !parse_body_color(word).empty()
                           : table == "vehicle_class" ? parse_vehicle_class(word).has_value()
                           : table == "direction"     ? parse_direction(word).has_value()
                                                      : word.size() == 4;
        EXPECT_TRUE(known) << table << '.' << key << " = " << word;
      }
    }
  EXPECT_GT(words, 70);
}

}  // namespace
}  // namespace vioreview
