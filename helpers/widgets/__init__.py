"""Widgets. Each also works in code: every click has a method that does the same and returns the result.

ApiMap(lab, api_id)          a REST API as a picture: refresh() after each call, send() or test() a request
Console(lab, "HelloWorld")   one function as in AWS's console: Code, Test, Monitor, Configuration
Concurrency(lab, "H…", "live")  requests at once against reserved and provisioned concurrency: run()
CostCalculator(...)          a month of Lambda and its front door, line by line: set(memory_mb=256)
EventInspector(lab, "show…")  the same news as each source sends it: find("photos/fox.png")
Gallery({"fox.png": data})   pictures side by side
PolicyExplorer(lab)          who may do what, which statement decides, what an edit would change
ProgressMap()                the labs, their progress, the next exercise: refresh()
Questionnaire()              ten questions that tell whether Lambda fits an application
fit(...)                     the same, without a widget
LogExplorer(lab, "/group")   log groups: a pattern, a query, a histogram over time: search("…"), query("…")
Load(lab, "HelloWorld", 50)  many requests, some in parallel, drawn while they run; with a Cancel button: run()
MemorySweep(lab, "Hello…")   time and cost at each memory size; with a Cancel button: run()
Scorecard()                  the twelve factors, and whether each holds on Lambda
flame({"name": bill, …})     where the money of several functions goes
LiveTimeline(lab, "Hello…")  the same as timeline, drawn while a load runs: start(), stop()
timeline(lab, "HelloWorld")  invocations as bars, a lane for each execution environment
alarm_states(lab, "alarm")   the states of alarms over time
dashboard(lab, "name")       a CloudWatch dashboard, drawn here
trace(lab, "1-…", "/group")  a request's way through services, from its trace header
beside(lab, "a-stack")       a template next to the calls that it replaces
changes(lab, "a-stack", "…") a change set as a coloured diff
stack_events(lab, "a-stack") what happened to a stack over time, with the reasons of what failed
certificate("Ada Lovelace")  what was solved, and when, as a page to keep

Each is a folder (`api_map`, `concurrency`, `console`, `cost_calculator`, `event_inspector`, `load`, `log_explorer`,
`memory_sweep`, `policy_explorer`, `progress_map`, `stacks`, `timeline`) or a module (`alarm_states`, `certificate`,
`dashboard`, `fit`, `gallery`, `scorecard`, `trace`); `shared` has what two or more of them use.
"""

from helpers.widgets.alarm_states import AlarmStates, alarm_states
from helpers.widgets.api_map.api_map import ApiMap
from helpers.widgets.certificate import certificate
from helpers.widgets.concurrency.concurrency import Concurrency
from helpers.widgets.console.console import Console
from helpers.widgets.cost_calculator.cost_calculator import CostCalculator
from helpers.widgets.cost_calculator.flame import Flame, flame
from helpers.widgets.dashboard import Dashboard, dashboard
from helpers.widgets.event_inspector.event_inspector import EventInspector
from helpers.widgets.fit import Questionnaire, fit
from helpers.widgets.gallery import Gallery
from helpers.widgets.load.load import Load
from helpers.widgets.log_explorer.log_explorer import LogExplorer
from helpers.widgets.memory_sweep.memory_sweep import MemorySweep
from helpers.widgets.policy_explorer.policy_explorer import PolicyExplorer
from helpers.widgets.progress_map.progress_map import ProgressMap
from helpers.widgets.scorecard import Scorecard
from helpers.widgets.stacks.beside import beside
from helpers.widgets.stacks.changes import changes
from helpers.widgets.stacks.events import stack_events
from helpers.widgets.timeline.live_timeline import LiveTimeline
from helpers.widgets.timeline.timeline import Timeline, timeline
from helpers.widgets.trace import Trace, trace

__all__ = [
    "AlarmStates",
    "ApiMap",
    "Concurrency",
    "Console",
    "CostCalculator",
    "Dashboard",
    "EventInspector",
    "Flame",
    "Gallery",
    "LiveTimeline",
    "Load",
    "LogExplorer",
    "MemorySweep",
    "PolicyExplorer",
    "ProgressMap",
    "Questionnaire",
    "Scorecard",
    "Timeline",
    "Trace",
    "alarm_states",
    "beside",
    "certificate",
    "changes",
    "dashboard",
    "fit",
    "flame",
    "stack_events",
    "timeline",
    "trace",
]
