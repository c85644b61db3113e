// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

#include <exception>
#include <iostream>
#include <new>

#include <CLI/CLI.hpp>

#include "cli/exit_codes.h"
#include "cli/version.h"
#include "core/errors.h"

namespace vioreview {

std::span<const Command> commands() {
  static const Command table[] = {
      {"review", "Review a batch of captures into accept, reject and manual manifests",
       "  vioreview review samples/inbox -o out\n  vioreview review night.csv -o out --state state "
       "--workers 2",
       declare_review},
      {"ingest", "Show what the names of pictures parse to, why one does not, and what lacks",
       "  vioreview ingest samples/named --dry-run\n  vioreview ingest names.txt --template "
       "'{device:18}{time}{sequence:4}_{number}' --dry-run",
       declare_ingest},
      {"inspect", "Show what is seen in a picture, a case or a folder, and what each check says",
       "  vioreview inspect samples/inbox/CASE\n  vioreview inspect plates/ --role closeup --json",
       declare_inspect},
      {"layout", "Show how composites are divided into panels, and how sure that is",
       "  vioreview layout composite.jpg\n  vioreview layout --json night/*.jpg", declare_layout},
      {"check", "Review samples and compare with their expected verdicts (regression test)",
       "  vioreview check samples\n  vioreview check samples --lang zh", declare_check},
      {"compare", "Compare two outputs: which verdicts changed, and why",
       "  vioreview compare out-old out-new\n  vioreview compare a/manifest.jsonl b/manifest.jsonl "
       "--json",
       declare_compare},
      {"calibrate", "Fit the limits of a policy on cases that people decided blind",
       "  vioreview calibrate /data/out --max-wrong-accept 0.5% --max-wrong-reject 0.5% "
       "--confidence 95%\n  vioreview calibrate out-1 out-2 --group speed -o calibration",
       declare_calibrate},
      {"catalogue", "List the violations, what each needs, and which checks are built",
       "  vioreview catalogue\n  vioreview catalogue 1625 --lang en", declare_catalogue},
      {"sites", "Draw, show, check, learn and confirm the profiles of camera views",
       "  vioreview sites draw panel.jpg --ruler ruler.png\n  vioreview sites check "
       "night --sites sites",
       declare_sites},
      {"models", "List the models with their measured accuracy and verify their files",
       "  vioreview models\n  vioreview models --json", declare_models},
      {"doctor", "Say whether this installation works: versions, models, limits, a self-test",
       "  vioreview doctor\n  vioreview doctor --json", declare_doctor},
      {"worker", "Private: looks at the pictures of cases sent by review", "", declare_worker,
       true},
  };
  return table;
}

namespace {

constexpr const char* kFooter =
    "Exit codes: 0 done, whatever the verdicts; 1 run failed; 2 usage, configuration or too little "
    "data; 3 done, "
    "but some\n"
    "cases could not be processed; 4 a comparison found a difference; 75 busy, try again; 130 "
    "stopped, resumable.";

std::string description(const Command& command) {
  const std::string examples = command.examples;
  return (examples.empty() ? "" : "Examples:\n" + examples + "\n\n") + command.summary;
}

int report(Streams& streams, const std::exception& error, int code) {
  streams.err << "vioreview: " << error.what() << '\n';
  return code;
}

int run_guarded(const RunCommand& run, Streams& streams) {
  try {
    return run(streams);
  } catch (const UsageError& error) {
    return report(streams, error, kUsage);
  } catch (const ConfigError& error) {
    return report(streams, error, kUsage);
  } catch (const BusyError& error) {
    return report(streams, error, kBusy);
  } catch (const StoppedError& error) {
    return report(streams, error, kStopped);
  } catch (const std::bad_alloc&) {
    streams.err << "vioreview: out of memory; use fewer --workers\n";
    return kFailed;
  } catch (const std::exception& error) {
    return report(streams, error, kFailed);
  }
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, Streams& streams) {
  CLI::App app(
      "Reviews traffic-violation captures in batch: pictures and records in, verdicts with reasons "
      "out.",
      "vioreview");
  app.set_version_flag("--version", std::string("vioreview ") + kVersion);
  app.require_subcommand(1);
  app.footer(kFooter);
  RunCommand chosen;
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    if (command.hidden) sub->group("");
    RunCommand run = command.declare(*sub);
    sub->callback([&chosen, run] { chosen = run; });
  }
  // The list of commands shows the summaries; a command's own help starts with its examples.
  for (const Command& command : commands())
    if (!arguments.empty() && arguments.front() == command.name)
      app.get_subcommand(command.name)->description(description(command));
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, streams.out, streams.err) == 0 ? kDone : kUsage;
  }
  return run_guarded(chosen, streams);
}

}  // namespace vioreview
