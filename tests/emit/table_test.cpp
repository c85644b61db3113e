// SPDX-License-Identifier: Apache-2.0
#include "emit/table.h"

#include <gtest/gtest.h>

#include "emit/example.h"

namespace vioreview {
namespace {

TEST(CsvRow, QuotesAsRfc4180Says) {
  EXPECT_EQ(csv_row({"a", "", "b c"}), "a,,b c\r\n");
  EXPECT_EQ(csv_row({"a,b", "say \"no\"", "two\nlines", "two\r\nlines"}),
            "\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\"two\r\nlines\"\r\n");
}

TEST(CsvRow, MakesFormulasText) {
  EXPECT_EQ(csv_row({"=1+1", "+1", "-1", "@SUM(A1)", "\tx"}), "'=1+1,'+1,'-1,'@SUM(A1),'\tx\r\n");
  EXPECT_EQ(csv_row({"\rx", "\n=x"}), "\"'\rx\",\"'\n=x\"\r\n");
  EXPECT_EQ(csv_row({"  =1", "＝1", "－1", "＋1", "＠x"}), "'  =1,'＝1,'－1,'＋1,'＠x\r\n");
  EXPECT_EQ(csv_row({"=HYPERLINK(\"http://x\",\"y\")"}),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
  EXPECT_EQ(csv_row({"1-1", "a=b", "a@b", "'=1", "云+1", "   "}), "1-1,a=b,a@b,'=1,云+1,   \r\n");
}

TEST(CsvRow, ReplacesBytesThatAreNoUtf8) {
  EXPECT_EQ(csv_row({"a\xff"
                     "b",
                     "云", "\xe4\xba"}),
            "a\xEF\xBF\xBD"
            "b,云,\xEF\xBF\xBD\r\n");
}

TEST(CaseTable, HasABomAndAColumnForEveryField) {
  const std::string head = case_table_head();
  EXPECT_EQ(
      head,
      "\xEF\xBB\xBF"
      "case_id,verdict,review_by,code,name_zh,plate_recorded,plate_read,suggested_plate,"
      "suggested_code,reasons,reasons_zh,device_id,place,time,confidence,proven,pictures\r\n");
}

TEST(CaseTable, TellsACase) {
  Verdict verdict = example_verdict();
  verdict.suggested_plate = "云M12346";
  verdict.suggested_code = "1636";
  EXPECT_EQ(case_row(example_case(), example_facts(), verdict, "超速"),
            "530502-1,reject,2021-03-19,1625,超速,云M12345,云M1,云M12346,1636,"
            "plate_unreadable; vehicle_differs; check_missing; picture_missing,"
            "号牌可辨认概率 0.12; 车辆特征与记录不符; 尚不能审核该项; 记录所列图片缺失：2.jpg: "
            "not in the folder; copy it there,"
            "530502000000012345,永昌路与正阳路路口,2021-03-14T08:25:31.120,0.9877,false,"
            "1.jpg; 2.jpg\r\n");
}

TEST(CaseTable, LeavesEmptyWhatIsNotKnown) {
  Case c;
  c.id = "x";
  c.record.violation = "9999";
  EXPECT_EQ(case_row(c, {}, {}, ""), "x,manual,,9999,,,,,,,,,,,0.0,false,\r\n");
}

TEST(CaseTable, NamesAReasonOnce) {
  Verdict verdict;
  verdict.findings = {finding("a", Status::unknown, 0, "check_missing"),
                      finding("b", Status::unknown, 0, "check_missing")};
  Case c;
  c.id = "x";
  EXPECT_EQ(case_row(c, {}, verdict, ""),
            "x,manual,,,,,,,,check_missing,尚不能审核该项,,,,0.0,false,\r\n");
}

}  // namespace
}  // namespace vioreview
