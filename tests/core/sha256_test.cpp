// SPDX-License-Identifier: Apache-2.0
// SHA-256 against the examples of FIPS 180.
#include "core/sha256.h"

#include <vector>

#include <gtest/gtest.h>

#include "core/errors.h"
#include "testing.h"

namespace vioreview {
namespace {

constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kOfMillionA =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, OfText) {
  EXPECT_EQ(sha256(std::string_view()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256(std::string_view("abc")), kOfAbc);
  EXPECT_EQ(sha256(std::string_view("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, OfBytes) {
  const std::vector<std::uint8_t> abc = {'a', 'b', 'c'};
  EXPECT_EQ(sha256(std::span<const std::uint8_t>(abc)), kOfAbc);
}

TEST(Sha256, OfFilesOverManyBlocks) {
  const TestDir dir;
  EXPECT_EQ(sha256_of_file(dir.write("long", std::string(1000000, 'a'))), kOfMillionA);
  EXPECT_EQ(sha256_of_file(dir.write("short", "abc")), kOfAbc);
}

TEST(Sha256, NamesTheFileThatCannotBeRead) {
  const TestDir dir;
  try {
    sha256_of_file(dir / "nothing.jpg");
    FAIL() << "no error";
  } catch (const IoError& error) {
    EXPECT_NE(std::string(error.what()).find("nothing.jpg"), std::string::npos);
  }
  EXPECT_THROW(sha256_of_file(dir.path()), IoError);  // a folder
}

}  // namespace
}  // namespace vioreview
