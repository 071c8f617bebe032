"""What holds for any policies: the evaluator on cases that nobody thought of."""

import fnmatch
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from policy_kit import FUNCTION, HERE, INVOKE, ROLE, SESSION, THERE, USER, policy, statement

from helpers.engine.iam.policy_evaluation import PolicySet, Request, evaluate, wildcards

# The same examples every time: a failure is about the change that it appears with.
settings.register_profile("policies", deadline=None, max_examples=60, derandomize=True, database=None)
settings.load_profile("policies")

NAMES = [USER.arn, ROLE, SESSION.arn, HERE, THERE, "*"]
actions = st.sampled_from(["*", "lambda:*", INVOKE, "lambda:Inv*", "lambda:GetFunction", "s3:*"])
resources = st.sampled_from(
    ["*", FUNCTION, FUNCTION[:-2] + "*", "arn:aws:lambda:*:*:function:${aws:username}", "arn:aws:s3:::x"]
)
conditions = st.sampled_from([
    {}, {"StringEquals": {"aws:username": "hello"}}, {"StringNotLike": {"aws:username": "h*"}},
    {"Null": {"aws:username": "true"}}, {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}},
])  # fmt: skip
principals = st.sampled_from([USER, SESSION])
contexts = st.fixed_dictionaries(
    {},
    optional={
        "aws:username": st.sampled_from(["hello", "*", "bob"]),
        "aws:TagKeys": st.lists(st.sampled_from("abc"), max_size=3),
    },
)


@st.composite
def statements(draw, named=False):
    """A statement, with a Principal if `named`."""
    return statement(
        draw(st.sampled_from(["Allow", "Allow", "Deny"])),
        None,
        None,
        **{draw(st.sampled_from(["Action", "NotAction"])): draw(st.lists(actions, min_size=1, max_size=2))},
        **{draw(st.sampled_from(["Resource", "Resource", "NotResource"])): draw(resources)},
        Condition=draw(conditions),
        **({"Principal": {"AWS": draw(st.sampled_from(NAMES))}} if named else {}),
    )


def documents(named=False):
    return st.lists(statements(named), min_size=1, max_size=3)


@st.composite
def cases(draw, owner=None):
    """A request and its policies, as keyword arguments of PolicySet: lists of statements."""
    request = Request(
        draw(principals),
        draw(st.sampled_from([INVOKE, "lambda:GetFunction"])),
        FUNCTION,
        owner or draw(st.sampled_from([HERE, THERE])),
        draw(contexts),
    )
    return request, {
        "identity": draw(documents()),
        "boundary": draw(st.none() | documents()),
        "session": draw(st.none() | documents()),
        "resource": draw(st.none() | documents(named=True)),
    }


def decide(request, identity, boundary=None, session=None, resource=None):
    def listed(document):
        return None if document is None else [policy(*document)]

    return evaluate(
        request, PolicySet(listed(identity), listed(boundary), listed(session), resource and policy(*resource))
    )


@given(cases())
def test_a_decision_is_consistent(case):
    decision = decide(case[0], **case[1])
    assert decision.allowed is (decision.effect == "allowed") is (decision.reason == "")
    wanted = {"allowed": {"Allow"}, "explicitDeny": {"Deny"}, "implicitDeny": set()}[decision.effect]
    assert {s.effect for s in decision.statements} == wanted
    assert all(s.mismatch(case[0]) is None for s in decision.statements)


@given(cases(), st.sampled_from(["identity", "boundary", "session", "resource"]))
def test_a_deny_of_everything_always_denies(case, kind):
    request, policies = case
    everything = statement("Deny", "*", **({"Principal": "*"} if kind == "resource" else {}))
    added = {**policies, kind: [*(policies[kind] or []), everything]}
    assert decide(request, **added).effect == "explicitDeny"


@given(cases(), statements(), st.sampled_from(["identity", "boundary", "session"]))
def test_one_more_allow_never_takes_away(case, more, kind):
    request, policies = case
    if policies[kind] is None or more["Effect"] == "Deny":
        return
    if decide(request, **policies).allowed:
        assert decide(request, **{**policies, kind: [*policies[kind], more]}).allowed


@given(cases(), st.sampled_from(["boundary", "session"]))
def test_a_boundary_or_a_session_policy_never_gives(case, kind):
    request, policies = case
    if decide(request, **policies).allowed:
        assert decide(request, **{**policies, kind: None}).allowed


@given(cases(owner=HERE))
def test_across_accounts_nobody_may_what_they_may_not_at_home(case):
    request, policies = case
    abroad = Request(request.principal, request.name, request.resource, THERE, request.context)
    if decide(abroad, **policies).allowed:
        assert decide(request, **policies).allowed


@given(cases())
def test_without_any_allow_nothing_is_allowed(case):
    request, policies = case
    denying = {k: v and [{**s, "Effect": "Deny"} for s in v] for k, v in policies.items()}
    assert not decide(request, **denying).allowed


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(case, random):
    request, policies = case
    shuffled = {k: v and random.sample(v, len(v)) for k, v in policies.items()}
    assert decide(request, **shuffled).effect == decide(request, **policies).effect


@given(st.text("ab*?:[.\n", max_size=12), st.text("ab:[.\n", max_size=12))
def test_a_wildcard_pattern_fits_what_a_plain_matcher_fits(pattern, text):
    plain = re.fullmatch(fnmatch.translate(pattern.replace("[", "[[]")), text)
    assert bool(wildcards.whole(wildcards.pattern(pattern)).fullmatch(text)) is bool(plain)


@given(
    st.lists(st.text("ab*?", max_size=5), min_size=6, max_size=6),
    st.lists(st.text("ab", max_size=5), min_size=6, max_size=8),
)
def test_an_arn_fits_if_its_six_components_do(pattern, value):
    six = [*value[:5], ":".join(value[5:])]
    expected = all(wildcards.whole(wildcards.pattern(p)).fullmatch(v) for p, v in zip(pattern, six, strict=True))
    assert bool(wildcards.arn(wildcards.pattern(":".join(pattern))).fullmatch(":".join(value))) is expected


def test_a_pattern_full_of_asterisks_is_quick():
    # Would take longer than the universe with a naive expression; pytest-timeout ends it if it came back.
    assert not wildcards.whole(wildcards.pattern("*a" * 30 + "b")).fullmatch("a" * 5000)
