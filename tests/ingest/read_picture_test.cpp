// SPDX-License-Identifier: Apache-2.0
// Bytes of pictures: what is there, what is not, what is too large.
#include "ingest/read_picture.h"

#include <sys/stat.h>

#include <gmock/gmock.h>

#include "ingest/archive.h"
#include "testing.h"

namespace vioreview {
namespace {

std::string text_of(const Result<std::vector<std::uint8_t>>& bytes) {
  return bytes ? std::string(bytes.value().begin(), bytes.value().end())
               : "no bytes: " + bytes.problem().reason;
}

PictureRef file_at(const std::filesystem::path& path) {
  PictureRef picture;
  picture.file = path.filename().string();
  picture.path = path;
  return picture;
}

std::string reason_of(const PictureRef& picture, std::int64_t most = kLargestPicture) {
  const auto bytes = read_picture(picture, most);
  if (bytes.ok()) return "ok";
  EXPECT_EQ(bytes.problem().file, picture.file);
  EXPECT_FALSE(bytes.problem().detail.empty());
  return bytes.problem().reason;
}

TEST(ReadPicture, TellsMissingEmptyAndOthersApart) {
  const TestDir dir;
  EXPECT_EQ(text_of(read_picture(file_at(dir.write("1.jpg", std::string("a\0b", 3))))),
            std::string("a\0b", 3));
  EXPECT_EQ(reason_of(file_at(dir / "no.jpg")), "picture_missing");
  EXPECT_EQ(reason_of(file_at({})), "picture_missing");
  EXPECT_EQ(reason_of(file_at(dir.write("empty.jpg", ""))), "picture_empty");
  std::filesystem::create_directory(dir / "folder.jpg");
  EXPECT_EQ(reason_of(file_at(dir / "folder.jpg")), "picture_undecodable");
  ASSERT_EQ(mkfifo((dir / "pipe.jpg").c_str(), 0600), 0);
  EXPECT_EQ(reason_of(file_at(dir / "pipe.jpg")), "picture_undecodable");
  std::filesystem::create_symlink("nowhere", dir / "link.jpg");
  EXPECT_EQ(reason_of(file_at(dir / "link.jpg")), "picture_missing");
}

TEST(ReadPicture, LimitOfBytes) {
  const TestDir dir;
  EXPECT_EQ(reason_of(file_at(dir.write("ten.jpg", "0123456789")), 10), "ok");
  EXPECT_EQ(reason_of(file_at(dir.write("eleven.jpg", "0123456789a")), 10), "picture_too_large");
}

TEST(ReadPicture, ARangeOfAFileThatDidNotChange) {
  const TestDir dir;
  PictureRef picture = file_at(dir.write("night.tar", "....picture...."));
  picture.within = Within{"a/1.jpg", -1, 4, 7, "", 7, stamp_of_file(picture.path)};
  EXPECT_EQ(text_of(read_picture(picture)), "picture");
  picture.within->length = 20;
  EXPECT_EQ(reason_of(picture), "picture_truncated");
  picture.within->length = 7;
  dir.write("night.tar", "....another picture");
  EXPECT_EQ(reason_of(picture), "picture_missing");
}

TEST(ReadPicture, Base64InARecord) {
  const TestDir dir;
  const std::string record = R"({"zpstr1":"cGljdHVyZQ==","zpstr2":"cGlj\r\ndHVyZQ=","zpstr3":7})";
  PictureRef picture = file_at(dir.write("upload.jsonl", "{}\n" + record));
  picture.within = Within{"",
                          -1,
                          3,
                          static_cast<std::int64_t>(record.size()),
                          "zpstr1",
                          7,
                          stamp_of_file(picture.path)};
  EXPECT_EQ(text_of(read_picture(picture)), "picture");
  picture.within->field = "zpstr2";
  EXPECT_EQ(reason_of(picture), "picture_undecodable");
  picture.within->field = "zpstr3";
  EXPECT_EQ(reason_of(picture), "picture_undecodable");
}

// RFC 4648, 10; and what uploads add or lose.
TEST(Base64, RfcVectorsAndDamage) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"Zg==", "f"},
                                                         {"Zm8=", "fo"},
                                                         {"Zm9v", "foo"},
                                                         {"Zm9vYg==", "foob"},
                                                         {"Zm9vYmE=", "fooba"},
                                                         {"Zm9vYmFy", "foobar"},
                                                         {"Zm9v\r\nYmFy\n", "foobar"},
                                                         {"data:image/jpeg;base64,Zm9v", "foo"}};
  for (const auto& [text, bytes] : vectors) {
    const auto decoded = base64_decoded(text);
    ASSERT_TRUE(decoded.ok()) << text;
    EXPECT_EQ(text_of(decoded), bytes);
    EXPECT_EQ(base64_size(text), static_cast<std::int64_t>(std::string(bytes).size()));
  }
  for (const char* text : {"Z", "Zg", "Zg=", "Zm9vY", "Zm9=v", "Zg===", "Zm9v-_==", "Zm 9\xE5v",
                           "=", "Zg==Zg==", "<jpeg>"}) {
    EXPECT_FALSE(base64_decoded(text).ok()) << text;
    EXPECT_EQ(base64_size(text), -1) << text;
  }
}

}  // namespace
}  // namespace vioreview
