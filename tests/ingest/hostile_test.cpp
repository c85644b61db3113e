// SPDX-License-Identifier: Apache-2.0
// Hostile and broken inputs through every reader: each gives the reason that fits or a typed error,
// in bounded memory, and what is sound beside them is still read.
#include <algorithm>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <sys/stat.h>

#include <gmock/gmock.h>

#include "core/errors.h"
#include "ingest/archives.h"
#include "ingest/batches.h"
#include "ingest/memory.h"
#include "ingest/read_picture.h"
#include "ingest/text.h"

#ifdef __SANITIZE_ADDRESS__
// Freed memory is kept for a while to catch its use: less of it than is usual, so that what is
// measured is what is taken.
extern "C" const char* __asan_default_options() {
  return "quarantine_size_mb=64";
}
#endif

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

// Above what the test itself holds. The longest record that is read has 16 MiB: as bytes, as UTF-8,
// as a tree, and as the text in it.
constexpr long kMostGrowthMiB = kSanitized ? 300 : 256;

// An input, and what reading it and its pictures must end in, all of these words: reasons of
// reasons.csv, the name of an error, or "ok". Where chance decides what is damaged any of them will
// do.
struct Hostile {
  std::string name, reader;
  std::function<fs::path(const TestDir&)> make;
  std::set<std::string> expected;
  bool good = false;  // holds kGood beside it, which must still be read
  bool chance = false;
};

const std::vector<Packed> kGood = {
    {"good/record.json", R"({"case_id":"good","violation":"1625","pictures":["1.jpg"]})"},
    {"good/1.jpg", "the good picture"}};
constexpr const char* kEndings[] = {".zip", ".tar", ".tar.gz", ".tar.zst"};

std::vector<Packed> beside_good(std::vector<Packed> entries) {
  entries.insert(entries.begin(), kGood.begin(), kGood.end());
  return entries;
}

// All reasons that the cases and their pictures give; "ok" when there is none.
std::set<std::string> outcome(const fs::path& path, bool& good) {
  std::set<std::string> reasons;
  try {
    for (const Case& c : ingested(path).cases) {
      for (const Problem& problem : c.problems) reasons.insert(problem.reason);
      for (const PictureRef& picture : c.pictures) {
        if (picture.path.empty()) continue;
        const auto bytes = read_picture(picture);
        if (!bytes) reasons.insert(bytes.problem().reason);
        good |= c.id == "good" && bytes && bytes.value().size() == 16;
      }
    }
  } catch (const UsageError&) {
    return {"UsageError"};
  } catch (const ConfigError&) {
    return {"ConfigError"};
  } catch (const IoError&) {
    return {"IoError"};
  }
  return reasons.empty() ? std::set<std::string>{"ok"} : reasons;
}

fs::path sparse(const fs::path& path, std::uintmax_t size) {
  fs::resize_file(path, fs::file_size(path) + size);
  return path;
}

std::string base64_of(std::size_t bytes) {
  return std::string(bytes / 3 * 4, 'A');
}

class Inputs {
 public:
  void names_in_archives() {
    for (const char* ending : kEndings) {
      reader_ = ending;
      int n = 0;
      for (const std::string& name :
           {"../x.jpg"s, "../../x.jpg"s, "a/../../x.jpg"s, "/x.jpg"s, "//x.jpg"s, "C:\\x.jpg"s,
            "c:/x.jpg"s, "..\\x.jpg"s, "\\x.jpg"s, "a/../x.jpg"s, "..\\..\\record.json"s,
            "a/b.zip"s, "b.TGZ"s, "a/b.tar.zst"s, std::string(1500, 'n') + ".jpg"})
        add("name " + std::to_string(n++) + ending, {"record_missing"},
            packed(ending, {{name, "x"}}), true);
    }
  }

  void links() {
    for (const char* ending : kEndings) {
      reader_ = ending;
      for (const char* target : {"/etc/passwd", "../../x.jpg", "good/1.jpg", ".", "l.jpg"})
        add("link to "s + target + ending, {"record_missing", "picture_missing"},
            packed(ending, {{"l.jpg", "", target}}), true);
      if (ending == ".zip"s) continue;  // it has no hard links
      for (const char* target : {"/etc/passwd", "../x.jpg", "good/1.jpg"})
        add("hard link to "s + target + ending, {"record_missing", "picture_missing"},
            packed(ending, {{"l.jpg", "", target, true}}), true);
    }
  }

  void bombs() {
    for (const char* ending : {".zip", ".tar.gz", ".tar.zst"}) {
      reader_ = ending;
      // The sizes of a .zip stand in front, the others are unpacked until the ratio tells.
      const bool told = ending == ".zip"s;
      bomb("picture of 70 MiB", "b.jpg", '\0', {"picture_too_large", "record_missing"});
      bomb("record of 70 MiB", "b/record.json", ' ',
           told ? Words{"record_invalid"} : Words{"record_invalid", "record_missing"});
      bomb("XML of 70 MiB", "b/e.xml", ' ', {"record_missing"});
      add("index of 70 MiB",
          told ? Words{"record_invalid"} : Words{"record_invalid", "record_missing"},
          [=](const TestDir& dir) {
            return pack(dir / ("a"s + ending), {{"index.jsonl", std::string(70U << 20, 'x')}});
          });
    }
    reader_ = ".tar.gz";
    add("packed twice", {"UsageError"}, [](const TestDir& dir) {
      const fs::path inner = pack(dir / "i.tar.gz", kGood);
      return gzip_of(dir, read_file(inner));
    });
    add(
        "names of 40 MiB", {"record_missing"},
        [](const TestDir& dir) {
          std::vector<Packed> entries = kGood;
          // Names too long to be taken cost a slow build less.
          const int listed = kSanitized ? 5'000 : 40'000;
          for (int i = 0; i < listed; ++i)
            entries.push_back({std::string(900, 'n') + std::to_string(i) + ".txt", ""});
          for (int i = 0; i < 40; ++i) entries.push_back({std::string(1'000'000, 'n'), ""});
          return pack(dir / "a.tar.gz", entries);
        },
        true);
    reader_ = ".tar.zst";
    add(
        "more entries than are read", {"record_missing"},
        [](const TestDir& dir) {
          // Hidden ones cost a slow build less.
          const int listed = kSanitized ? 20'000 : 200'000;
          std::vector<Packed> entries = kGood;
          for (int i = 0; i < 200'000; ++i)
            entries.push_back({(i < listed ? "" : ".") + std::to_string(i) + ".txt", ""});
          return pack(dir / "a.tar.zst", entries);
        },
        true);
    reader_ = ".zip";
    for (const bool smaller : {true, false})
      add(
          smaller ? "a size that is too small" : "a size that is too large",
          {"picture_undecodable", "record_missing"},
          [=](const TestDir& dir) {
            const fs::path path =
                pack(dir / "a.zip", beside_good({{"b/1.jpg", std::string(7000, 'z')}}));
            std::string bytes = read_file(path);
            const std::string size = "\x58\x1B\0\0"s, other = smaller ? "\x10\0\0\0"s : "\0\0\1\0"s;
            for (std::size_t at = bytes.find(size); at != std::string::npos;
                 at = bytes.find(size, at))
              bytes.replace(at, 4, other);
            write_file(path, bytes);
            return path;
          },
          true);
  }

  void damage() {
    for (const char* ending : kEndings) {
      reader_ = ending;
      for (const int percent : {0, 1, 5, 30, 60, 95, 99})
        by_chance("cut off at " + std::to_string(percent) + "%" + ending,
                  {"ok", "UsageError", "record_missing", "record_invalid", "picture_missing",
                   "picture_truncated", "picture_undecodable", "picture_empty"},
                  [=](const TestDir& dir) {
                    const fs::path path = night(dir, ending);
                    fs::resize_file(path,
                                    fs::file_size(path) * static_cast<unsigned>(percent) / 100);
                    return path;
                  });
      for (unsigned seed = 1; seed <= 6; ++seed)
        by_chance("damaged bytes " + std::to_string(seed) + ending,
                  {"ok", "UsageError", "record_missing", "record_invalid", "picture_missing",
                   "picture_truncated", "picture_undecodable", "picture_empty", "picture_too_large",
                   "id_repeated"},
                  [=](const TestDir& dir) {
                    const fs::path path = night(dir, ending);
                    std::string bytes = read_file(path);
                    std::uint32_t x = seed;
                    for (int i = 0; i < 12; ++i) {
                      x = x * 1664525 + 1013904223;
                      bytes[(x >> 8) % bytes.size()] ^= static_cast<char>(1 + (x & 0x7F));
                    }
                    write_file(path, bytes);
                    return path;
                  });
    }
    reader_ = ".zip";
    for (const char* method : {"traditional", "aes128", "aes256"}) {
      const std::string options = "zip:encryption="s + method;
      add("encrypted record "s + method, {"record_invalid", "picture_missing"},
          [=](const TestDir& dir) { return pack(dir / "a.zip", kGood, options, "secret"); });
      add("encrypted picture "s + method, {"picture_missing", "record_missing"},
          [=](const TestDir& dir) {
            return pack(dir / "a.zip", {{"a/1.jpg", "x"}}, options, "secret");
          });
    }
  }

  void lines() {
    const std::string start = R"({"xh":"1","hphm":"云M12345","zpstr1":")";
    reader_ = "folders";
    text("a record of 1 GiB", "a/record.json", "{", {"record_invalid"}, 1U << 30);
    reader_ = "upload";
    text("a JSON file of 1 GiB", "a.json", "{\"hphm\":", {"record_invalid"}, 1U << 30);
    text("a large picture in a line", "a.jsonl",
         start + base64_of(kSanitized ? 2U << 20 : 11U << 20) + "\"}", {"ok"});
    const std::string one = R"([{"xh":"1","pictures":[]})";
    text("a million numbers in an array", "a.json", one + repeated(",0", 1'000'000) + "]",
         {"record_invalid"});
    text("40,000 numbers in an array", "a.json", one + repeated(",0", 40'000) + "]",
         {"picture_missing", "record_invalid"});
    text("a million lines of numbers", "a.jsonl", repeated("0\n", 1'000'000), {"record_invalid"});
    text("pictures of 15 MiB in a line", "a.jsonl", start + base64_of(15U << 20) + "\"}",
         {"record_invalid"});
    reader_ = "isapi";
    text("an XML file of 1 GiB", "a.xml", "<a>", {"record_invalid"}, 1U << 30);
    reader_ = "jsonl";
    text("a line of 1 GiB", "a.jsonl", "", {"record_invalid"}, 1U << 30);
    std::string keys = "{";
    for (int i = 0; i < 80'000; ++i) keys += "\"k" + std::to_string(i) + "\":1,";
    text("80,000 fields", "a.jsonl", keys + "\"xh\":\"1\"}", {"picture_missing"});
    text("deep JSON", "a.jsonl", std::string(1'000'000, '['), {"record_invalid"});
    reader_ = "csv";
    text("a row of 1 GiB", "a.csv", "xh,hphm,xp1\n1,", {"record_invalid"}, 1U << 30);
    text("a header of 100 MiB", "a.csv", "", {"UsageError"}, 100U << 20);
    text("a line that is all quotes", "a.csv", "xh,xp1\n" + std::string(900'000, '"') + "\n",
         {"picture_missing"});
    std::string open = "xh,xp1\n";
    for (int i = 0; i < 500; ++i) open += "\"" + std::to_string(i) + ",1.jpg\n";
    text("500 open quotes", "a.csv", open, {"record_invalid"});
  }

  void bytes() {
    const std::pair<const char*, const char*> kNothing[] = {
        {".zip", "a.zip"}, {".tar.gz", "a.tgz"}, {".tar.zst", "a.tar.zst"}, {"csv", "a.csv"}};
    for (const auto& [reader, name] : kNothing) {
      reader_ = reader;
      text("nothing but NUL bytes in "s + name, name, std::string(5000, '\0'), {"UsageError"});
    }
    reader_ = ".tar";
    text("NUL bytes in a tar", "a.tar", std::string(20'000, '\0'), {"UsageError"});
    const std::string gbk = to_gb18030("豫A12345"), utf8 = "豫A12345";
    reader_ = "jsonl";
    text("nothing but NUL bytes in a line", "a.jsonl", std::string(5000, '\0'), {"record_invalid"});
    text("NUL in a name", "a.jsonl", R"({"xh":"1","pictures":["a\u0000b.jpg","1.jpg\u0000"]})",
         {"picture_missing"});
    text("GBK and UTF-8 lines", "a.jsonl",
         "{\"xh\":\"1\",\"hphm\":\"" + gbk + "\"}\n{\"xh\":\"2\",\"hphm\":\"" + utf8 + "\"}\n",
         {"picture_missing"});
    text("UTF-16 lines", "a.jsonl", "\xFF\xFE{\0}\0\n\0"s, {"UsageError"});
    text("bytes of no encoding", "a.jsonl", "{\"xh\":\"\x80\xFF\xFE\"}", {"picture_missing"});
    text("empty index", "a.jsonl", "", {"ok"});
    text("two records in a line", "a.jsonl", R"({"xh":"1"}{"xh":"2"})", {"record_invalid"});
    text("a line that is cut off", "a.jsonl", R"({"xh":"1","pictures":["1.j)", {"record_invalid"});
    reader_ = "csv";
    text("NUL in a row", "a.csv", "xh,hphm,xp1\n1,a\0b,x\0.jpg\n"s, {"picture_missing"});
    text("GBK under a UTF-8 header", "a.csv", "序号,号牌号码,图片\n1," + gbk + "," + gbk + ".jpg\n",
         {"picture_missing"});
    text("GBK cut within a character", "a.csv", "xh,hphm\n1," + gbk.substr(0, 1) + "\n",
         {"picture_missing"});
    text("UTF-16 table", "a.csv", "\xFE\xFF\0x\0h"s, {"UsageError"});
    text("a zip as .csv", "a.csv", "PK\3\4\n\0\0"s, {"UsageError"});
    reader_ = "isapi";
    text("nothing but NUL bytes in XML", "a.xml", std::string(5000, '\0'), {"record_invalid"});
    text("NUL in XML", "a.xml", "<ANPR><licensePlate>\0</licensePlate></ANPR>"s,
         {"record_invalid"});
    text("GBK in XML that says UTF-8", "a.xml",
         "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ANPR><licensePlate>" + gbk +
             "</licensePlate></ANPR>",
         {"picture_missing"});
    for (const char* ending : kEndings) {
      reader_ = ending;
      add("names in two encodings", {"record_missing"},
          packed(ending, {{gbk + "/1.jpg", "x"}, {utf8 + "/1.jpg", "y"}, {"\xFF\xFE/1.jpg", "z"}}),
          true);
    }
  }

  void uploads() {
    reader_ = "upload";
    for (const char* damaged : {"Zm9", "Zg", "=", "====", "Zm9v=", "Zm9vYg=", "Zm9v Y", "Z===",
                                "Zm9v!!!!", "Zm9v\\u0000", "图片", "data:image/jpeg;base64,Zm9"})
      text("base64 "s + damaged, "a.jsonl", R"({"xh":"1","zpstr1":")"s + damaged + "\"}",
           {"picture_undecodable"});
    for (const char* other : {"7", "true", "[\"Zm9v\"]", "{\"a\":\"Zm9v\"}", "null"})
      text("zpstr1 is "s + other, "a.jsonl", R"({"xh":"1","zpstr1":)"s + other + "}",
           {"picture_missing"});
    for (const char* count : {"-1", "\"NaN\"", "[]"})
      text("zpsl is "s + count, "a.jsonl", R"({"xh":"1","zpstr1":"Zm9v","zpsl":)"s + count + "}",
           {"ok"});
    for (const char* count : {"99999", "1e300"})
      text("zpsl is "s + count, "a.jsonl", R"({"xh":"1","zpstr1":"Zm9v","zpsl":)"s + count + "}",
           {"picture_missing"});
    text("base64 in a table", "a.csv", "xh,zpstr1\n1,Zm9v\n", {"picture_missing"});
    text("base64 that is empty", "a.jsonl", R"({"xh":"1","zpstr1":"data:image/jpeg;base64,"})",
         {"picture_empty"});
    text("nothing but NUL bytes in JSON", "a.json", std::string(5000, '\0'), {"record_invalid"});
    for (const char* field : {"xh", "hphm", "wfxw", "wfsj", "sbbh", "cdh", "scz", "maker", "event"})
      for (const char* value : {"{}", "[[1]]"})
        text(field + " is "s + value, "a.jsonl",
             "{\"zpstr1\":\"Zm9v\",\""s + field + "\":" + value + "}", {"ok"});
  }

  void xml() {
    reader_ = "isapi";
    const std::string laughs =
        "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><l>&b;</l>";
    for (const std::string& damaged :
         {laughs, "<!DOCTYPE l SYSTEM \"file:///etc/passwd\"><l/>"s, "<ANPR>&x;</ANPR>"s,
          "<ANPR><licensePlate>&#0;</licensePlate></ANPR>"s, "<ANPR>"s, "<ANPR/><ANPR/>"s,
          "<ANPR><![CDATA[</ANPR>"s, "<ANPR><!-- </ANPR>"s, "<a b='1' b='2'/>"s, "<a><b></a></b>"s,
          "<?xml version='9'?><a/>"s, "<%PDF"s, "<other><plate>1</plate></other>"s,
          "<EventNotificationAlert>text</EventNotificationAlert>"s})
      text("XML " + std::string(cut(damaged, 30)), "a.xml", damaged, {"record_invalid"});
    std::string deep, wide = "<ANPR>";
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    for (int i = 0; i < 100'000; ++i) wide += "<b" + std::to_string(i) + "/>";
    text("deep XML", "a.xml", deep, {"record_invalid"});
    text("wide XML", "a.xml", wide, {"record_invalid"});
    text("XML of wrong types", "a.xml",
         "<EventNotificationAlert><ANPR><licensePlate><x/></licensePlate><illegalInfo>1"
         "</illegalInfo><pictureInfoList>2</pictureInfoList><vehicleInfo/></ANPR>"
         "</EventNotificationAlert>",
         {"picture_missing"});
    for (const char* name : kElsewhere)
      text("XML names "s + name, "a.xml",
           "<EventNotificationAlert><ANPR><licensePlate>x</licensePlate><pictureInfoList>"
           "<pictureInfo><fileName>"s +
               name + "</fileName></pictureInfo></pictureInfoList></ANPR></EventNotificationAlert>",
           {"picture_missing"});
  }

  // Rows of VIO_SURVEIL, passing records and events: each with what its own fields can do.
  void makers() {
    reader_ = "surveil";
    const std::string head = "XH,YSXH,WFXW,HPHM,WFSJ,SXSJ,WFSPDZ,XP1\n";
    for (const char* name : kElsewhere)
      text("a row names "s + name, "a.csv", head + "1,,1625,x,,,," + name + "\n",
           {"picture_missing"});
    text("a row of 100 MiB", "a.csv", head + "1,,1625,", {"record_invalid"}, 100U << 20);
    text("a cell of 2 MiB", "a.csv", head + "1," + std::string(2U << 20, 'x') + ",,,,,,\n",
         {"record_invalid"});
    text("cells beyond the header", "a.csv", head + "1,2,3,4,5,6,7,8,9,10\n", {"record_invalid"});
    text("an open quote", "a.csv", head + "1,\"2,3\n", {"record_invalid"});
    text("NUL in every cell", "a.csv", head + "\0,\0,\0,\0,\0,\0,\0,\0\n"s, {"picture_missing"});
    text("an impossible time", "a.csv", head + "1,,1625,x,9999-99-99 99:99,-1,,\n",
         {"picture_missing"});
    text("GBK and UTF-8 rows", "a.csv",
         head + "1,,1625," + to_gb18030("豫A12345") + ",,,,\n2,,1625,豫A12345,,,,\n",
         {"picture_missing"});
    text("the film is no picture", "a.csv", head + "1,,1625,x,,,/etc/passwd,\n",
         {"picture_missing"});

    reader_ = "checkpoint";
    const std::string passing = R"({"xh":"1","kkbh":"1","gcsj":"2026-03-14 08:10:10",)";
    for (const char* name : kElsewhere)
      text("tp1 is "s + name, "a.jsonl", passing + "\"tp1\":\"" + escaped(name) + "\"}",
           {"picture_missing"});
    for (const char* folder : {"..", "/", "/etc", "a/../..", "C:\\\\"})
      text("tplj is "s + folder, "a.jsonl",
           passing + "\"tplj\":\"" + folder + "\",\"tp1\":\"x.jpg\"}", {"picture_missing"});
    for (const char* value : {"{}", "[[1]]", "1e999", "\"NaN\""})
      text("hpzxd and clsd are "s + value, "a.jsonl",
           passing + "\"hpzxd\":" + value + ",\"clsd\":" + value + "}",
           {value == "1e999"s ? "record_invalid" : "picture_missing"});

    reader_ = "events";
    for (const char* event :
         {"\"0x\"", "\"0xFFFFFFFFFFFFFFFFFF\"", "-1", "1e300", "\"0x106\\u0000\"", "\"x106\"",
          "\" \"", "{\"a\":1}", "[262]", "true"})
      text("event is "s + event, "a.jsonl",
           R"({"xh":"1","pictures":["../x.jpg"],"event":)"s + event + "}", {"picture_missing"});
    text("an event of 900 KiB", "a.jsonl",
         R"({"xh":"1","event":")" + std::string(900U << 10, 'e') + "\"}", {"picture_missing"});
  }

  void folders() {
    reader_ = "folders";
    text("NUL in a record", "a/record.json", "{\"xh\":\"1\0\"}"s, {"record_invalid"});
    for (const char* damaged : {"", "{", "[]", "null", "\"text\"", "{\"xh\":}", "{}{}",
                                "{\"xh\":1e}", "\xFF\xFE{\1", "<html>404</html>"})
      text("a record of "s + damaged, "a/record.json", damaged, {"record_invalid"});
    for (const char* name : kElsewhere)
      text("a record names "s + name, "a/record.json",
           R"({"xh":"1","pictures":[")" + escaped(name) + "\"]}", {"picture_missing"});
    text("a record of a record", "a/record.json",
         R"({"xh":"1","pictures":["record.json/x.jpg",".","",{"file":{}},7,null]})",
         {"picture_missing"});
    text("10,000 pictures", "a/record.json",
         R"({"xh":"1","pictures":["1.jpg")" + repeated(",\"1.jpg\"", 10'000) + "]}",
         {"picture_missing", "record_invalid"});
    made("a record that is a link", {"record_invalid"},
         [](const fs::path& folder) { fs::create_symlink("/etc/passwd", folder / "record.json"); });
    made("a record that is a link in a circle", {"record_invalid"},
         [](const fs::path& folder) { fs::create_symlink("record.json", folder / "record.json"); });
    made("a record that is a pipe", {"record_invalid"},
         [](const fs::path& folder) { mkfifo((folder / "record.json").c_str(), 0600); });
    made("a picture that is a pipe", {"record_missing", "picture_missing"},
         [](const fs::path& folder) { mkfifo((folder / "1.jpg").c_str(), 0600); });
    made("links in circles", {"record_missing"}, [](const fs::path& folder) {
      fs::create_symlink("loop", folder / "loop");
      fs::create_directory_symlink("..", folder / "up");
    });
    made("40 folders within one another", {"record_missing"},
         [](const fs::path& folder) { write_file(folder / (repeated("d/", 40) + "1.jpg"), "x"); });
    add("a folder called .zip", {"ok"}, [](const TestDir& dir) {
      dir.write("a.zip/c/1.jpg", "x");
      dir.write("a.zip/c/record.json", R"({"xh":"1"})");
      return dir / "a.zip";
    });
  }

  void template_names() {
    reader_ = "names";
    const auto named = [&](const std::string& file, Words expected) {
      add("a picture called " + printable(to_utf8(file)), std::move(expected),
          [=](const TestDir& dir) {
            dir.write("inbox.toml", "[[template]]\npattern = '{device}_{time}_{number}'\n");
            dir.write(file, "x");
            return dir.path();
          });
    };
    for (const std::string& file :
         {"x.jpg"s, "__.jpg"s, "D_20261399082531_1.jpg"s, "D_20260314_1.jpg"s,
          "D_2026031408253_1.jpg"s, "D_20260314082531_99.jpg"s, "D_20260314082531_-1.jpg"s,
          "D_20260314082531_1 (2).jpg"s, "D_20260314082531_\xFF.jpg"s,
          to_gb18030("豫") + "豫_20260314082531_1.jpg", "D_9999999999999999999999_1.jpg"s,
          "D_20260314082531_" + std::string(200, '1') + ".jpg"})
      named(file, {"name_unparsable"});
    for (const std::string& file : {"a\\..\\..\\x_20260314082531_1.jpg"s,
                                    "C:\\x_20260314082531_1.jpg"s, "D_20260314082531_2.jpg"s})
      named(file, {"picture_missing"});
    for (const std::string& file : {"\x1B[2J_20260314082531_1.jpg"s, "a\nb_20260314082531_1.jpg"s,
                                    "\xFF\xFF_20260314082531_1.jpg"s, "_20260314082531_1.jpg"s})
      named(file, {"ok"});
    for (const char* toml : {"[[template]]\npattern = '{lane'\n", "pattern", "template = 1\n",
                             "\xFF\xFE", "[[template]]\npattern = '{device}{time}'\n"})
      add("an inbox.toml of "s + printable(to_utf8(toml)), {"ConfigError"},
          [=](const TestDir& dir) {
            dir.write("inbox.toml", toml);
            dir.write("D_20260314082531_1.jpg", "x");
            return dir.path();
          });
  }

  void other_kinds() {
    reader_ = ".zip";
    text("a picture as .zip", "a.zip", "\xFF\xD8\xFF\xE0 JFIF", {"UsageError"});
    text("7z as .zip", "a.zip", "7z\xBC\xAF\x27\x1C"s + std::string(500, 'x'), {"UsageError"});
    text("an ending that nothing reads", "a.rar", "Rar!", {"UsageError"});
    add("a pipe", {"UsageError"}, [](const TestDir& dir) {
      mkfifo((dir / "a.zip").c_str(), 0600);
      return dir / "a.zip";
    });
    reader_ = ".tar";
    text("text as .tar", "a.tar", std::string(2000, 't'), {"UsageError"});
    reader_ = ".tar.gz";
    text("an index as .tar.gz", "a.tar.gz", "xh,hphm\n1,2\n", {"UsageError"});
    add("a gzip file that is no tar", {"UsageError"},
        [](const TestDir& dir) { return gzip_of(dir, "text"); });
  }

  const std::vector<Hostile>& all() const { return all_; }

 private:
  using Make = std::function<fs::path(const TestDir&)>;
  using Words = std::set<std::string>;
  // Names by which a record may try to leave its folder.
  static constexpr const char* kElsewhere[] = {
      "../x.jpg",       "../../etc/passwd", "/etc/passwd",     "C:\\x.jpg",
      "..\\x.jpg",      "a/../../x.jpg",    "\\\\host\\x.jpg", "file:///etc/passwd",
      "http://h/x.jpg", "x.jpg/../../x.jpg"};

  void add(std::string name, Words expected, Make make, bool good = false) {
    all_.push_back({std::move(name), reader_, std::move(make), std::move(expected), good, false});
  }
  void by_chance(std::string name, Words any, Make make) {
    add(std::move(name), std::move(any), std::move(make));
    all_.back().chance = true;
  }
  // 70 MiB of one byte, packed.
  void bomb(std::string name, const std::string& file, char byte, Words expected) {
    add(
        std::move(name), std::move(expected),
        [=, ending = reader_](const TestDir& dir) {
          return pack(dir / ("a" + ending), beside_good({{file, std::string(70U << 20, byte)}}));
        },
        true);
  }
  // A folder with a picture, and what `change` makes of it.
  void made(std::string name, Words expected, std::function<void(const fs::path&)> change) {
    add(std::move(name), std::move(expected), [=](const TestDir& dir) {
      fs::create_directory(dir / "a");
      change(dir / "a");
      return dir / "a";
    });
  }
  static std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  }
  static std::string escaped(std::string_view text) {  // within JSON
    std::string all;
    for (const char c : text) all += (c == '\\' ? "\\" : "") + std::string(1, c);
    return all;
  }
  // An input that is one file, `hole` bytes of nothing behind its text.
  void text(std::string name, const std::string& file, const std::string& bytes,
            std::set<std::string> allowed, std::uintmax_t hole = 0) {
    add(std::move(name), std::move(allowed), [=](const TestDir& dir) {
      const fs::path path = sparse(dir.write(file, bytes), hole);
      return fs::path(file).has_parent_path() ? path.parent_path() : path;
    });
  }
  static Make packed(const std::string& ending, const std::vector<Packed>& entries) {
    return [=](const TestDir& dir) { return pack(dir / ("a" + ending), beside_good(entries)); };
  }
  static fs::path night(const TestDir& dir, const std::string& ending) {
    std::vector<Packed> entries = kGood;
    for (int i = 0; i < 5; ++i) {
      const std::string folder = "c" + std::to_string(i) + "/";
      entries.push_back({folder + "record.json", R"({"violation":"1625","pictures":["1.jpg"]})"});
      std::string noise;
      for (std::uint32_t k = 0, x = 7; k < 3000; ++k)
        noise += static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
      entries.push_back({folder + "1.jpg", noise});
    }
    return pack(dir / ("a" + ending), entries);
  }
  // `bytes` within gzip, called .tar.gz.
  static fs::path gzip_of(const TestDir& dir, const std::string& bytes) {
    archive* out = archive_write_new();
    archive_write_set_format_raw(out);
    archive_write_add_filter_gzip(out);
    const fs::path path = dir / "a.tar.gz";
    archive_write_open_filename(out, path.c_str());
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(out, entry);
    archive_write_data(out, bytes.data(), bytes.size());
    archive_entry_free(entry);
    archive_write_free(out);
    return path;
  }

  std::string reader_;  // that the next inputs are for
  std::vector<Hostile> all_;
};

std::string joined(const std::set<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

const std::vector<Hostile>& hostile_inputs() {
  static const Inputs inputs = [] {
    Inputs made;
    made.folders();
    made.lines();
    made.bytes();
    made.template_names();
    made.makers();
    made.uploads();
    made.xml();
    made.names_in_archives();
    made.links();
    made.bombs();
    made.damage();
    made.other_kinds();
    return made;
  }();
  return inputs.all();
}

// 200 of which it is known what each must end in, at least ten of them for every reader.
TEST(HostileInputs, AreEnoughForEveryReader) {
  std::map<std::string, int> exact, chance;
  int all = 0;
  for (const Hostile& hostile : hostile_inputs()) {
    ++(hostile.chance ? chance : exact)[hostile.reader];
    all += !hostile.chance;
  }
  for (const char* reader : {"folders", "csv", "jsonl", "names", "surveil", "upload", "checkpoint",
                             "events", "isapi", ".zip", ".tar", ".tar.gz", ".tar.zst"}) {
    std::cout << reader << ' ' << exact[reader] << (chance[reader] > 0 ? " and " : "")
              << (chance[reader] > 0 ? std::to_string(chance[reader]) + " damaged by chance" : "")
              << '\n';
    EXPECT_GE(exact[reader], 10) << reader;
  }
  EXPECT_EQ(exact.size(), 13U) << "a reader that is not listed here";
  EXPECT_GE(all, 200);
}

TEST(HostileInputs, TheMeasureSeesMemory) {
  const PeakMemory memory;
  {
    std::string taken(100U << 20, 'x');
    EXPECT_EQ(taken[taken.size() / 2], 'x');
  }
  EXPECT_GE(memory.grown_mib(), 95);
  EXPECT_LE(memory.grown_mib(), 130);
}

TEST(HostileInputs, GiveTheirReasonInBoundedMemory) {
  std::pair<long, std::string> most, longest;
  for (const Hostile& hostile : hostile_inputs()) {
    SCOPED_TRACE(hostile.reader + ": " + hostile.name);
    const TestDir dir;
    const fs::path path = hostile.make(dir);
    bool good = false;
    const std::clock_t start = std::clock();
    const PeakMemory memory;
    const std::set<std::string> words = outcome(path, good);
    const long growth = memory.grown_mib();
    struct stat about {};
    EXPECT_TRUE(stat(path.c_str(), &about) == 0 && about.st_blocks < (40 << 20) / 512)
        << "the test itself takes much of the disk";
    const long milliseconds = (std::clock() - start) / (CLOCKS_PER_SEC / 1000);
    if (hostile.chance)
      EXPECT_TRUE(std::includes(hostile.expected.begin(), hostile.expected.end(), words.begin(),
                                words.end()))
          << joined(words);
    else
      EXPECT_EQ(joined(words), joined(hostile.expected));
    if (hostile.good) {
      EXPECT_TRUE(good) << "the good case was not read";
    }
    EXPECT_LT(growth, kMostGrowthMiB);
    most = std::max(most, {growth, hostile.name});
    longest = std::max(longest, {milliseconds, hostile.name});
  }
  std::cout << hostile_inputs().size() << " inputs; at most " << most.first << " MiB of "
            << kMostGrowthMiB << " (" << most.second << "), " << longest.first << " ms of a core ("
            << longest.second << ")\n";
  RecordProperty("peak_growth_mib", static_cast<int>(most.first));
}

}  // namespace
}  // namespace vioreview
