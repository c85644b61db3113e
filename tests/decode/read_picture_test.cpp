// SPDX-License-Identifier: Apache-2.0
// Files on disk: what is there, what is not, what is too large.
#include <sys/stat.h>

#include <gmock/gmock.h>

#include "decode/decode.h"
#include "decode/pictures.h"
#include "testing.h"

namespace vioreview {
namespace {

using namespace pictures;
using testing::HasSubstr;

std::string_view view(const File& file) {
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

std::string reason_of(const std::filesystem::path& path, const DecodeLimits& limits = {}) {
  const auto bytes = read_picture(path, limits);
  if (bytes.ok()) return "ok";
  EXPECT_EQ(bytes.problem().file, path.filename().string());
  EXPECT_FALSE(bytes.problem().detail.empty());
  return bytes.problem().reason;
}

TEST(ReadPicture, GivesTheBytesAndTheContentDecidesNotTheName) {
  const TestDir dir;
  const Image source = scene(30, 20);
  const auto bytes = read_picture(dir.write("1.jpg", view(encoded(source, ".png"))));
  ASSERT_TRUE(bytes.ok());
  const auto decoded = decode(bytes.value());
  ASSERT_EQ(outcome(decoded), "ok");
  EXPECT_EQ(decoded.value().image.pixels, source.pixels);
}

TEST(ReadPicture, TellsMissingEmptyAndOthersApart) {
  const TestDir dir;
  EXPECT_EQ(reason_of(dir / "no.jpg"), "picture_missing");
  EXPECT_EQ(reason_of({}), "picture_missing");
  EXPECT_EQ(reason_of(dir.write("empty.jpg", "")), "picture_empty");
  std::filesystem::create_directory(dir / "folder.jpg");
  EXPECT_EQ(reason_of(dir / "folder.jpg"), "picture_undecodable");
  ASSERT_EQ(mkfifo((dir / "pipe.jpg").c_str(), 0600), 0);
  EXPECT_EQ(reason_of(dir / "pipe.jpg"), "picture_undecodable");
  std::filesystem::create_symlink("nowhere", dir / "link.jpg");
  EXPECT_EQ(reason_of(dir / "link.jpg"), "picture_missing");
}

TEST(ReadPicture, LimitOfBytes) {
  const TestDir dir;
  DecodeLimits limits;
  limits.max_bytes = 10;
  EXPECT_EQ(reason_of(dir.write("ten.jpg", "0123456789"), limits), "ok");
  EXPECT_EQ(reason_of(dir.write("eleven.jpg", "0123456789a"), limits), "picture_too_large");
  const File file = encoded(scene(30, 20), ".png");
  EXPECT_EQ(outcome(decode(file, limits)), "picture_too_large");
}

}  // namespace
}  // namespace vioreview
