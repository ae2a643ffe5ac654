"""Writes actors, their names, posts and tenures."""

from pyoxigraph import Literal, NamedNode

from onrecord import terms
from onrecord.graph.scribe import Scribe
from onrecord.model import PERSON_KINDS, Actor, Post, Register, Tenure


def write_actors(scribe: Scribe, register: Register) -> None:
    """Everything of `data/actors/`."""
    for actor in register.actors:
        _actor(scribe, actor)
    for post in register.posts:
        _post(scribe, post)
    labels = register.labels()
    for tenure in register.tenures:
        _tenure(scribe, tenure, f"{labels[tenure.holder]}, {labels[tenure.post]}")


def _actor(scribe: Scribe, actor: Actor) -> None:
    class_name = "Person" if actor.kind in PERSON_KINDS else "Organisation"
    node = scribe.thing("actor", actor.id, class_name, actor.label)
    scribe.concept(node, "kind", "actor", actor.kind)
    scribe.attested(node, actor.outside)
    scribe.link(node, "actsFor", actor.acts_for)
    scribe.link(node, "unitOf", actor.part_of)
    scribe.links(node, "member", actor.members)
    scribe.english(node, terms.DCT + "description", actor.description)
    for iri in actor.same_as:
        scribe.write(node, terms.SKOS + "exactMatch", NamedNode(iri))
    for number, name in enumerate(actor.names, start=1):
        scribe.write(node, terms.SKOS + "altLabel", Literal(name.name, language="en"))
        use = scribe.thing("name", f"{actor.id}-{number}", "Name", name.name)
        scribe.write(use, "nameOf", node)
        scribe.text(use, "text", name.name)
        scribe.attested(use, name.outside)
        scribe.english(use, "note", name.note)
        scribe.dated(use, name.date)


def _post(scribe: Scribe, post: Post) -> None:
    node = scribe.thing("post", post.id, "Post", post.label)
    scribe.link(node, "postIn", post.organisation)
    scribe.attested(node, post.outside)


def _tenure(scribe: Scribe, tenure: Tenure, label: str) -> None:
    node = scribe.thing("tenure", tenure.id, "Tenure", label)
    scribe.link(node, "holder", tenure.holder)
    scribe.link(node, "ofPost", tenure.post)
    scribe.write(scribe.names.entity(tenure.holder), "tenure", node)
    scribe.dated(node, tenure.date)
