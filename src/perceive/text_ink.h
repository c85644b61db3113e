// SPDX-License-Identifier: Apache-2.0
// The ink of one line of text, without the scenery behind and between it.
#pragma once

namespace cv {
class Mat;
template <typename T>
class Rect_;
}  // namespace cv

namespace vioreview {

// A line and some rows above and below it, all of one size.
struct StrokeMaps {
  const cv::Mat& tone;    // light strokes' lightness, dark strokes' darkness
  const cv::Mat& height;  // how far it stands out from what is around it
  const cv::Mat& soft;    // the same, fading out where it is not light enough
  const cv::Mat& mask;    // strokes that surely stand out
  const cv::Mat& colour;  // YCrCb
};

// 255 is full ink. On an even ground every stroke stays, soft at its edges, as a recogniser reads
// it best. Over a scene only what has the line's lightness, hue and size and a dark rim round it.
cv::Mat ink_of(const StrokeMaps& maps, const cv::Rect_<int>& line);

}  // namespace vioreview
