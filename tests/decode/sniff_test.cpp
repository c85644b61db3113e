// SPDX-License-Identifier: Apache-2.0
// Files that are no picture are named for what they look like.
#include <gmock/gmock.h>

#include "decode/decode.h"
#include "decode/pictures.h"

namespace vioreview {
namespace {

using namespace pictures;
using testing::HasSubstr;

struct Sniffed {
  std::string bytes, named;
};

TEST(Sniff, OthersAreNamed) {
  const std::vector<Sniffed> files = {
      {"GIF89a\x01\x02", "a GIF picture"},
      {"PK\x03\x04rest", "a ZIP archive"},
      {"%PDF-1.7", "a PDF document"},
      {std::string("\0\0\0\x18"
                   "ftypheic\0\0",
                   14),
       "a HEIC picture"},
      {std::string("\0\0\0\x18"
                   "ftypavif\0\0",
                   14),
       "an AVIF picture"},
      {std::string("\0\0\0\x18"
                   "ftypisom\0\0",
                   14),
       "an MP4 video"},
      {"RIFF\x10\x10\x10\x10"
       "AVI LIST",
       "an AVI video"},
      {std::string("II+\0\x08", 5), "a BigTIFF picture"},
      {"<!DOCTYPE html><title>404</title>", "a web page"},
      {"\xEF\xBB\xBF \r\n<HTML>", "a web page"},
      {"<?xml version=\"1.0\"?>", "an XML file"},
      {"{\"error\": 404}", "a JSON file"},
      {"Not found", "text"},
      {"BMW 520, blue, seen at the crossing", "text"},
      {"\xE6\x9C\xAA\xE6\x89\xBE\xE5\x88\xB0", "text"},
      {std::string(100, '\0'), "nothing but zero bytes"},
      {"\x01\x02\x03\x04", "of an unknown kind"},
  };
  for (const Sniffed& file : files) {
    const auto decoded = decode(text(file.bytes));
    ASSERT_EQ(outcome(decoded), "picture_undecodable") << file.named;
    EXPECT_THAT(decoded.problem().detail, HasSubstr("the file is " + file.named + ","));
  }
}

TEST(Sniff, NothingAndNearlyNothing) {
  EXPECT_EQ(outcome(decode({})), "picture_empty");
  EXPECT_EQ(outcome(decode(text("\xFF"))), "picture_truncated");
  EXPECT_EQ(outcome(decode(text("\xFF\xD8"))), "picture_truncated");
  EXPECT_EQ(outcome(decode(text("\x89PNG"))), "picture_truncated");
  EXPECT_EQ(outcome(decode(text("BM"))), "picture_undecodable");
}

}  // namespace
}  // namespace vioreview
