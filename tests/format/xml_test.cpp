// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "format/value.h"

namespace vioreview {
namespace {

using testing::HasSubstr;

std::string read(std::string_view xml) {
  const auto value = parse_xml(xml);
  return value ? write_json(value.value()) : value.problem().detail;
}

TEST(Xml, ElementsBecomeTextObjectsAndLists) {
  EXPECT_EQ(read("<?xml version=\"1.0\" encoding=\"GBK\"?>\n<n:a b='1'> <c>x &amp; y</c><d/>"
                 "<e><f>1</f><f> 2 </f><f><![CDATA[<3>]]></f></e></n:a>"),
            R"({"a":{"c":"x & y","d":"","e":{"f":["1","2","<3>"]}}})");
  EXPECT_EQ(read("<a>云M&#x41;</a>"), R"({"a":"云MA"})");
}

TEST(Xml, NoEntityIsDeclaredOrExpands) {
  EXPECT_EQ(
      read("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>"),
      "XML with a document type (DTD) is refused, records need none: take the <!DOCTYPE ...> out");
  EXPECT_THAT(read("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"), HasSubstr("document type"));
  EXPECT_THAT(read("<a>&x;</a>"), HasSubstr("undefined entity"));
}

TEST(Xml, RefusesWhatIsNone) {
  for (const char* xml : {"", "<a>", "<a></b>", "<a/><b/>", "text", "<a>\xFF</a>"})
    EXPECT_THAT(read(xml), HasSubstr("no valid XML at line")) << xml;
  std::string deep, many = "<a>";
  for (int i = 0; i < 70; ++i) deep += "<a>";
  EXPECT_THAT(read(deep), HasSubstr("64 levels"));
  for (int i = 0; i < 2000; ++i) many += "<b" + std::to_string(i) + "/>";
  EXPECT_THAT(read(many), HasSubstr("1000"));
}

}  // namespace
}  // namespace vioreview
