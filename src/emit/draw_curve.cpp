// SPDX-License-Identifier: Apache-2.0
#include "emit/draw_curve.h"

#include <algorithm>
#include <cmath>

#include "emit/draw_canvas.h"
#include "format/value.h"

namespace vioreview {
namespace {

constexpr int kWidth = 640, kHeight = 460, kHead = 40, kSmall = 15;
constexpr Box kFrame{80, 80, 610, 390};  // of the axes, in a chart
constexpr Colour kSeen{30, 90, 180}, kRule{215, 215, 210};

// The scale of an axis from 0: its end and the distance of its ticks.
struct Scale {
  double end = 1, step = 0.2;
};

// At least to `least`, in five steps or so of 1, 2 or 5 times a power of ten.
Scale scale_to(double least) {
  const double power = std::pow(10, std::floor(std::log10(least / 5)));
  for (const double factor : {1., 2., 5., 10.})
    if (const double step = factor * power; step * 6 >= least)
      return {step * std::ceil(least / step - 1e-9), step};
  return {least, least};
}

// One side's curve on its own paper.
class Chart {
 public:
  Chart(const LimitFit& fit, const Promise& promise, const TextPainter& text)
      : fit_(fit), promise_(promise), text_(text), paper_(blank(kWidth, kHeight)) {
    double widest = 0.01;
    for (const LimitStep& step : fit.steps) widest = std::max(widest, step.coverage);
    across_ = scale_to(std::min(1.0, widest * 1.05));
    up_ = scale_to(std::min(1.0, promise.max_wrong * 4));
  }

  Image drawn(const std::string& title) {
    text_.draw(paper_, 20, 8, title, kTextSize, kInk);
    axes();
    const float y = at(0, promise_.max_wrong).y;
    for (float x = kFrame.x0; x < kFrame.x1; x += 12)
      stroke(paper_, {{x, y}, {std::min(x + 7, kFrame.x1), y}}, false, kBad, 1);
    curve(kDoubt, [](const LimitStep& step) { return step.bound; });
    curve(kSeen, [](const LimitStep& step) { return step.error; });
    if (fit_.chosen) mark_chosen(fit_.steps[*fit_.chosen]);
    legend();
    return std::move(paper_);
  }

 private:
  // What is above the paper's end lies on its upper edge.
  Point at(double coverage, double share) const {
    const auto x = static_cast<float>(std::min(1.0, coverage / across_.end));
    const auto y = static_cast<float>(std::min(1.0, share / up_.end));
    return {kFrame.x0 + x * (kFrame.x1 - kFrame.x0), kFrame.y1 - y * (kFrame.y1 - kFrame.y0)};
  }

  void axes() {
    for (double share = 0; share <= up_.end * 1.001; share += up_.step) {
      const Point p = at(0, share);
      stroke(paper_, {p, {kFrame.x1, p.y}}, false, kRule, 1);
      const std::string label = percentage(share);
      text_.draw(paper_, static_cast<int>(kFrame.x0) - 8 - text_.width(label, kSmall),
                 static_cast<int>(p.y) - 9, label, kSmall, kInk);
    }
    for (double coverage = 0; coverage <= across_.end * 1.001; coverage += across_.step) {
      const Point p = at(coverage, 0);
      stroke(paper_, {p, {p.x, p.y + 5}}, false, kInk, 1);
      const std::string label = percentage(coverage);
      text_.draw(paper_, static_cast<int>(p.x) - text_.width(label, kSmall) / 2,
                 static_cast<int>(p.y) + 8, label, kSmall, kInk);
    }
    outline(paper_, kFrame, kInk, 1);
    text_.draw(paper_, static_cast<int>(kFrame.x0), static_cast<int>(kFrame.y1) + 32,
               "share of all cases that the limit decides", kSmall, kInk);
  }

  // A limit that decides nothing tells nothing.
  template <class Height>
  void curve(Colour colour, Height height) {
    std::vector<Point> points;
    for (const LimitStep& step : fit_.steps)
      if (step.reviewed > 0) points.push_back(at(step.coverage, height(step)));
    if (points.size() > 1) stroke(paper_, points, false, colour, 2);
    for (const Point& p : points) fill(paper_, {p.x - 2, p.y - 2, p.x + 2, p.y + 2}, colour);
  }

  void mark_chosen(const LimitStep& step) {
    const Point p = at(step.coverage, step.bound);
    stroke(paper_, {{p.x, kFrame.y0}, {p.x, kFrame.y1}}, false, kGood, 1);
    outline(paper_, Box{p.x - 5, p.y - 5, p.x + 5, p.y + 5}, kGood, 2);
    const std::string label = "limit " + write_json(rounded(step.limit, 6));
    const int width = text_.width(label, kSmall), x = static_cast<int>(p.x);
    const bool fits = x + 8 + width < static_cast<int>(kFrame.x1);
    text_.draw(paper_, fits ? x + 8 : x - 8 - width, static_cast<int>(kFrame.y0) + 6, label, kSmall,
               kGood);
  }

  void legend() {
    int x = static_cast<int>(kFrame.x0);
    const auto entry = [&](const std::string& words, Colour colour) {
      fill(paper_, {static_cast<float>(x), 55, static_cast<float>(x + 14), 58}, colour);
      x += 20 + text_.draw(paper_, x + 20, 47, words, kSmall, kInk) + 18;
    };
    entry("wrong, as seen", kSeen);
    entry("wrong, at most (" + percentage(promise_.confidence) + ")", kDoubt);
    entry("promised " + percentage(promise_.max_wrong), kBad);
  }

  const LimitFit& fit_;
  const Promise& promise_;
  const TextPainter& text_;
  Image paper_;
  Scale across_, up_;
};

}  // namespace

Image draw_curves(const GroupFit& fit, const Promises& promises) {
  const TextPainter text;
  Image paper = blank(2 * kWidth, kHead + kHeight);
  text.draw(paper, 20, 12,
            fit.group + ": " + std::to_string(fit.reviewed) + " decisions of " +
                std::to_string(fit.nights) + " device nights",
            kTextSize, kInk);
  place(paper, Chart(fit.accept, promises.accept, text).drawn("accept"), 0, kHead);
  place(paper, Chart(fit.reject, promises.reject, text).drawn("reject"), kWidth, kHead);
  return paper;
}

}  // namespace vioreview
