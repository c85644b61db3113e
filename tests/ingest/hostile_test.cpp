// SPDX-License-Identifier: Apache-2.0
// Hostile and broken inputs through every reader: each gives the reason that fits or a typed error,
// in bounded memory, and what is sound beside them is still read.
#include <fstream>
#include <functional>
#include <iostream>
#include <set>
#include <sys/stat.h>

#include <gmock/gmock.h>

#include "core/errors.h"
#include "ingest/archives.h"
#include "ingest/batches.h"
#include "ingest/read_picture.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

#ifdef __SANITIZE_ADDRESS__
constexpr long kMostGrowthMiB = 900;  // freed memory is kept for a while to catch its use
#else
constexpr long kMostGrowthMiB = 200;
#endif

// An input, and what reading it and its pictures may end in: words, any of them. A word is a reason
// of reasons.csv, the name of an error, or "ok".
struct Hostile {
  std::string name;
  std::function<fs::path(const TestDir&)> make;
  std::set<std::string> allowed;
  bool good = false;  // holds kGood beside it, which must still be read
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
  } catch (const IoError&) {
    return {"IoError"};
  }
  return reasons.empty() ? std::set<std::string>{"ok"} : reasons;
}

// KiB that /proc says under `key`.
long memory_kib(const std::string& key) {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;)
    if (word == key + ":") {
      long kib = 0;
      in >> kib;
      return kib;
    }
  return 0;
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
  void names() {
    for (const char* ending : kEndings) {
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
      const std::set<std::string> stopped = {"record_missing", "picture_too_large",
                                             "record_invalid"};
      add("picture of 70 MiB"s + ending, stopped,
          packed(ending, {{"b.jpg", std::string(70U << 20, '\0')}}), true);
      add("record of 70 MiB"s + ending, stopped,
          packed(ending, {{"b/record.json", std::string(70U << 20, ' ')}}), true);
      add("XML of 70 MiB"s + ending, {"ok", "record_missing"},
          packed(ending, {{"b/e.xml", std::string(70U << 20, ' ')}}), true);
      add("index of 70 MiB"s + ending, {"record_invalid", "record_missing"},
          [=](const TestDir& dir) {
            return pack(dir / ("a"s + ending), {{"i.jsonl", std::string(70U << 20, 'x')}});
          });
    }
    add("packed twice", {"UsageError"}, [](const TestDir& dir) {
      const fs::path inner = pack(dir / "i.tar.gz", kGood);
      return gzip_of(dir, read_file(inner));
    });
    add(
        "more entries than are read", {"record_missing"},
        [](const TestDir& dir) {
          std::vector<Packed> entries = kGood;
          for (int i = 0; i < 200'000; ++i) entries.push_back({std::to_string(i) + ".txt", ""});
          return pack(dir / "a.tar.zst", entries);
        },
        true);
    add(
        "names of 100 MiB", {"record_missing"},
        [](const TestDir& dir) {
          std::vector<Packed> entries = kGood;
          for (int i = 0; i < 110'000; ++i)
            entries.push_back({std::string(900, 'n') + std::to_string(i) + ".txt", ""});
          return pack(dir / "a.tar.gz", entries);
        },
        true);
    for (const bool smaller : {true, false})
      add(
          smaller ? "a size that is too small" : "a size that is too large",
          {"picture_undecodable", "picture_truncated", "record_missing"},
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
      for (const int percent : {0, 1, 5, 30, 60, 95, 99})
        add("cut off at " + std::to_string(percent) + "%" + ending,
            {"ok", "UsageError", "record_missing", "record_invalid", "picture_missing",
             "picture_truncated", "picture_undecodable", "picture_empty"},
            [=](const TestDir& dir) {
              const fs::path path = night(dir, ending);
              fs::resize_file(path, fs::file_size(path) * static_cast<unsigned>(percent) / 100);
              return path;
            });
      for (unsigned seed = 1; seed <= 6; ++seed)
        add("damaged bytes " + std::to_string(seed) + ending,
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
    text("a line of 1 GiB", "a.jsonl", "", {"record_invalid"}, 1U << 30);
    text("a row of 1 GiB", "a.csv", "xh,hphm,xp1\n1,", {"record_invalid"}, 1U << 30);
    text("a record of 1 GiB", "a/record.json", "{", {"record_invalid"}, 1U << 30);
    text("a JSON file of 1 GiB", "a.json", "{\"hphm\":", {"record_invalid"}, 1U << 30);
    text("an XML file of 1 GiB", "a.xml", "<a>", {"record_invalid"}, 1U << 30);
    text("a header of 100 MiB", "a.csv", "", {"UsageError"}, 100U << 20);
    text("a picture of 15 MiB in a line", "a.jsonl", start + base64_of(11U << 20) + "\"}", {"ok"});
    text("pictures of 20 MiB in a line", "a.jsonl", start + base64_of(15U << 20) + "\"}",
         {"record_invalid"});
    text("a line that is all quotes", "a.csv", "xh,xp1\n" + std::string(900'000, '"') + "\n",
         {"record_invalid", "picture_missing"});
    std::string open = "xh,xp1\n";
    for (int i = 0; i < 2000; ++i) open += "\"" + std::to_string(i) + ",1.jpg\n";
    text("2000 open quotes", "a.csv", open, {"record_invalid", "picture_missing"});
    std::string keys = "{";
    for (int i = 0; i < 80'000; ++i) keys += "\"k" + std::to_string(i) + "\":1,";
    text("80,000 fields", "a.jsonl", keys + "\"xh\":\"1\"}", {"picture_missing"});
    text("deep JSON", "a.jsonl", std::string(1'000'000, '['), {"record_invalid"});
  }

  void bytes() {
    for (const char* name : {"a.zip", "a.tgz", "a.tar.zst", "a.csv", "a.jsonl", "a.json", "a.xml"})
      text("nothing but NUL bytes in "s + name, name, std::string(5000, '\0'),
           {"UsageError", "record_invalid"});
    text("NUL bytes in a tar", "a.tar", std::string(20'000, '\0'), {"UsageError"});
    text("NUL in a name", "a.jsonl", R"({"xh":"1","pictures":["a\u0000b.jpg","1.jpg\u0000"]})",
         {"picture_missing"});
    text("NUL in a row", "a.csv", "xh,hphm,xp1\n1,a\0b,x\0.jpg\n"s, {"picture_missing"});
    text("NUL in a record", "a/record.json", "{\"xh\":\"1\0\"}"s, {"record_invalid"});
    text("NUL in XML", "a.xml", "<ANPR><licensePlate>\0</licensePlate></ANPR>"s,
         {"record_invalid"});
    const std::string gbk = to_gb18030("豫A12345"), utf8 = "豫A12345";
    text("GBK and UTF-8 lines", "a.jsonl",
         "{\"xh\":\"1\",\"hphm\":\"" + gbk + "\"}\n{\"xh\":\"2\",\"hphm\":\"" + utf8 + "\"}\n",
         {"picture_missing", "record_invalid"});
    text("GBK under a UTF-8 header", "a.csv", "序号,号牌号码,图片\n1," + gbk + "," + gbk + ".jpg\n",
         {"picture_missing"});
    text("GBK cut within a character", "a.csv", "xh,hphm\n1," + gbk.substr(0, 1) + "\n",
         {"picture_missing"});
    text("GBK in XML that says UTF-8", "a.xml",
         "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ANPR><licensePlate>" + gbk +
             "</licensePlate></ANPR>",
         {"picture_missing"});
    text("UTF-16 lines", "a.jsonl", "\xFF\xFE{\0}\0\n\0"s, {"UsageError"});
    text("UTF-16 table", "a.csv", "\xFE\xFF\0x\0h"s, {"UsageError"});
    text("bytes of no encoding", "a.jsonl", "{\"xh\":\"\x80\xFF\xFE\"}", {"picture_missing"});
    for (const char* ending : kEndings)
      add("names in two encodings"s + ending, {"ok", "record_missing"},
          packed(ending, {{gbk + "/1.jpg", "x"}, {utf8 + "/1.jpg", "y"}, {"\xFF\xFE/1.jpg", "z"}}),
          true);
  }

  void base64() {
    for (const char* damaged : {"Zm9", "Zg", "=", "====", "Zm9v=", "Zm9vYg=", "Zm9v Y", "Z===",
                                "Zm9v!!!!", "Zm9v\\u0000", "图片", "data:image/jpeg;base64,Zm9"})
      text("base64 "s + damaged, "a.jsonl", R"({"xh":"1","zpstr1":")"s + damaged + "\"}",
           {"picture_undecodable"});
    for (const char* other : {"7", "true", "[\"Zm9v\"]", "{\"a\":\"Zm9v\"}", "null"})
      text("zpstr1 is "s + other, "a.jsonl", R"({"xh":"1","zpstr1":)"s + other + "}",
           {"picture_missing"});
    for (const char* count : {"99999", "-1", "\"NaN\"", "1e300", "[]"})
      text("zpsl is "s + count, "a.jsonl", R"({"xh":"1","zpstr1":"Zm9v","zpsl":)"s + count + "}",
           {"ok", "picture_missing"});
    text("base64 in a table", "a.csv", "xh,zpstr1\n1,Zm9v\n", {"picture_missing"});
    text("base64 that is empty", "a.jsonl", R"({"xh":"1","zpstr1":"data:image/jpeg;base64,"})",
         {"picture_empty"});
  }

  void xml() {
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
  }

  void kinds() {
    for (const char* field : {"xh", "hphm", "wfxw", "wfsj", "pictures", "xp1", "sbbh", "cdh", "scz",
                              "maker", "event", "zpsl"})
      for (const char* value : {"{}", "[[1]]"})
        text(field + " is "s + value, "a.jsonl",
             "{\"zpstr1\":\"Zm9v\",\""s + field + "\":" + value + "}", {"ok", "picture_missing"});
    text("a picture as .zip", "a.zip", "\xFF\xD8\xFF\xE0 JFIF", {"UsageError"});
    text("7z as .zip", "a.zip", "7z\xBC\xAF\x27\x1C"s + std::string(500, 'x'), {"UsageError"});
    text("text as .tar", "a.tar", std::string(2000, 't'), {"UsageError"});
    text("an index as .tar.gz", "a.tar.gz", "xh,hphm\n1,2\n", {"UsageError"});
    text("a zip as .csv", "a.csv", "PK\3\4\n\0\0"s, {"UsageError"});
    text("empty index", "a.jsonl", "", {"ok"});
    text("an ending that nothing reads", "a.rar", "Rar!", {"UsageError"});
    add("a gzip file that is no tar", {"UsageError"},
        [](const TestDir& dir) { return gzip_of(dir, "text"); });
    add("a pipe", {"UsageError"}, [](const TestDir& dir) {
      mkfifo((dir / "a.zip").c_str(), 0600);
      return dir / "a.zip";
    });
    add("a folder called .zip", {"ok"}, [](const TestDir& dir) {
      dir.write("a.zip/c/1.jpg", "x");
      dir.write("a.zip/c/record.json", R"({"xh":"1"})");
      return dir / "a.zip";
    });
    add("links in circles", {"record_missing"}, [](const TestDir& dir) {
      fs::create_directory(dir / "a");
      fs::create_symlink("loop", dir / "a/loop");
      fs::create_directory_symlink("..", dir / "a/up");
      return dir / "a";
    });
  }

  const std::vector<Hostile>& all() const { return all_; }

 private:
  using Make = std::function<fs::path(const TestDir&)>;
  void add(std::string name, std::set<std::string> allowed, Make make, bool good = false) {
    all_.push_back({std::move(name), std::move(make), std::move(allowed), good});
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

  std::vector<Hostile> all_;
};

TEST(HostileInputs, GiveTheirReasonInBoundedMemory) {
  Inputs inputs;
  inputs.names();
  inputs.links();
  inputs.bombs();
  inputs.damage();
  inputs.lines();
  inputs.bytes();
  inputs.base64();
  inputs.xml();
  inputs.kinds();
  EXPECT_GE(inputs.all().size(), 200U);
  long most = 0;
  std::string worst;
  for (const Hostile& hostile : inputs.all()) {
    SCOPED_TRACE(hostile.name);
    const TestDir dir;
    const fs::path path = hostile.make(dir);
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts anew
    const long before = memory_kib("VmRSS");
    bool good = false;
    for (const std::string& word : outcome(path, good))
      EXPECT_TRUE(hostile.allowed.contains(word)) << word;
    if (hostile.good) {
      EXPECT_TRUE(good) << "the good case was not read";
    }
    if (const long growth = memory_kib("VmHWM") - before; growth > most) {
      most = growth;
      worst = hostile.name;
    }
  }
  std::cout << inputs.all().size() << " inputs, peak memory grew by at most " << most / 1024
            << " MiB (" << worst << ")\n";
  RecordProperty("peak_growth_mib", static_cast<int>(most / 1024));
  EXPECT_LT(most / 1024, kMostGrowthMiB) << worst;
}

}  // namespace
}  // namespace vioreview
