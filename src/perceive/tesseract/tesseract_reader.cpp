// SPDX-License-Identifier: Apache-2.0
#include "perceive/tesseract/tesseract_reader.h"

#include <string_view>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include "core/errors.h"

namespace vioreview {
namespace {

constexpr int kResolution = 300;  // dpi; only keeps Tesseract from guessing one

class TesseractReader : public TextReader {
 public:
  std::vector<Glyph> read(const LinePicture& line, Script script) override {
    if (line.width <= 0 || line.height <= 0) return {};
    tesseract::TessBaseAPI& api = engine(script);
    api.SetImage(line.pixels.data(), line.width, line.height, 1, line.width);
    api.SetSourceResolution(kResolution);
    std::vector<Glyph> glyphs;
    if (api.Recognize(nullptr) == 0) glyphs = glyphs_of(api);
    api.Clear();
    return glyphs;
  }

 private:
  static std::vector<Glyph> glyphs_of(tesseract::TessBaseAPI& api) {
    std::vector<Glyph> glyphs;
    const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
    if (!at || at->Empty(tesseract::RIL_SYMBOL)) return glyphs;
    do {
      const std::unique_ptr<char[]> text(at->GetUTF8Text(tesseract::RIL_SYMBOL));
      int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
      if (!text || !at->BoundingBox(tesseract::RIL_SYMBOL, &x0, &y0, &x1, &y1)) continue;
      const std::string_view read = text.get();
      if (read.find_first_not_of(" \n") == std::string_view::npos) continue;
      glyphs.push_back({std::string(read), at->Confidence(tesseract::RIL_SYMBOL) / 100,
                        static_cast<float>(x0), static_cast<float>(x1)});
    } while (at->Next(tesseract::RIL_SYMBOL));
    return glyphs;
  }

  tesseract::TessBaseAPI& engine(Script script) {
    auto& api = script == Script::digits ? digits_ : chinese_;
    if (!api) api = start(script);
    return *api;
  }

  static std::unique_ptr<tesseract::TessBaseAPI> start(Script script) {
    const char* language = script == Script::digits ? "eng" : "chi_sim";
    auto api = std::make_unique<tesseract::TessBaseAPI>();
    if (api->Init(nullptr, language, tesseract::OEM_LSTM_ONLY) != 0)
      throw SetupError(std::string("Tesseract has no data for ") + language +
                       "; install tesseract-ocr-eng and tesseract-ocr-chi-sim, or name their "
                       "folder in TESSDATA_PREFIX");
    api->SetVariable("debug_file", "/dev/null");  // it tells of empty lines at length
    api->SetPageSegMode(tesseract::PSM_SINGLE_LINE);
    // No learning from what was read before: the same line reads the same in every worker.
    api->SetVariable("classify_enable_learning", "0");
    if (script == Script::digits) api->SetVariable("tessedit_char_whitelist", "0123456789");
    return api;
  }

  std::unique_ptr<tesseract::TessBaseAPI> chinese_, digits_;
};

}  // namespace

std::unique_ptr<TextReader> make_tesseract_reader() {
  return std::make_unique<TesseractReader>();
}

std::string tesseract_version() {
  return tesseract::TessBaseAPI::Version();
}

}  // namespace vioreview
