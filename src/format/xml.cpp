// SPDX-License-Identifier: Apache-2.0
// XML by expat, as far as devices write records in it. Entities are never declared, so none
// expands.
#include <expat.h>
#include <memory>

#include "format/value.h"

namespace vioreview {
namespace {

constexpr std::size_t kMaxDepth = 64, kMostChildren = 1000;

struct Element {
  std::string name, text;
  Value children;  // an object once there is one
};

struct Builder {
  XML_Parser parser = nullptr;
  std::vector<Element> open;
  Value root{Value::Object{}};
  std::string problem;

  void stop(std::string why) {
    if (problem.empty()) problem = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }
};

std::string_view without_prefix(std::string_view name) {
  return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// A name that comes again makes a list.
bool add(Value& parent, std::string name, Value value) {
  if (const Value* same = parent.find(name)) {
    Value& held = const_cast<Value&>(*same);
    if (!held.as_array()) held = Value(Value::Array{std::move(held)});
    held.push(std::move(value));
    return true;
  }
  parent.set(std::move(name), std::move(value));
  return parent.as_object()->size() <= kMostChildren;
}

void on_start(void* data, const char* name, const char**) {
  Builder& builder = *static_cast<Builder*>(data);
  if (builder.open.size() >= kMaxDepth)
    return builder.stop("XML nested more than " + std::to_string(kMaxDepth) + " levels deep");
  builder.open.push_back({std::string(without_prefix(name)), "", Value()});
}

void on_end(void* data, const char*) {
  Builder& builder = *static_cast<Builder*>(data);
  Element element = std::move(builder.open.back());
  builder.open.pop_back();
  Value value = element.children.is_null() ? Value(without_blanks(element.text))
                                           : std::move(element.children);
  Value& parent = builder.open.empty() ? builder.root : builder.open.back().children;
  if (!add(parent, std::move(element.name), std::move(value)))
    builder.stop("XML with more than " + std::to_string(kMostChildren) +
                 " kinds of elements in one");
}

void on_text(void* data, const char* text, int length) {
  Builder& builder = *static_cast<Builder*>(data);
  if (!builder.open.empty())
    builder.open.back().text.append(text, static_cast<std::size_t>(length));
}

void on_doctype(void* data, const char*, const char*, const char*, int) {
  static_cast<Builder*>(data)->stop(
      "XML with a document type (DTD) is refused, records need none: take the <!DOCTYPE ...> out");
}

}  // namespace

Result<Value> parse_xml(std::string_view text) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"),
                                                                       &XML_ParserFree);
  if (!parser || text.size() > (1U << 30))
    return Problem{"record_invalid", "", "no XML that can be read"};
  Builder builder;
  builder.parser = parser.get();
  XML_SetUserData(parser.get(), &builder);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), 1) != XML_STATUS_OK) {
    if (builder.problem.empty())
      builder.problem = "no valid XML at line " +
                        std::to_string(XML_GetCurrentLineNumber(parser.get())) + ": " +
                        XML_ErrorString(XML_GetErrorCode(parser.get()));
    return Problem{"record_invalid", "", builder.problem};
  }
  return std::move(builder.root);
}

}  // namespace vioreview
