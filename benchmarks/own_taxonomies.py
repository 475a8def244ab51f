"""Own taxonomies for three evaluation sets, written from the names of their categories alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Drivers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class OwnTaxonomy:
    """Drivers, and which of them stands for a category of the set."""

    about: str
    drivers: Drivers
    driver_of: Callable[[str], str]

    def document(self, kept: set[str], examples: Mapping[str, list[str]]) -> dict[str, Any]:
        """The taxonomy as a dict, with the drivers of `kept` and their examples."""
        drivers = {
            name: {**driver, "examples": examples.get(name, [])}
            for name, driver in self.drivers.items()
            if name in kept
        }
        return {"extends": None, "drivers": drivers}


def _driver(description: str, phrases: str) -> dict[str, Any]:
    return {"description": description, "phrases": [p.strip() for p in phrases.split(",")]}


LAPTOP: Drivers = {
    "display": _driver(
        "The screen: resolution, brightness, colours",
        "screen, display, resolution, touch screen, dim, bright colours",
    ),
    "keyboard": _driver(
        "The keyboard and its keys", "keyboard, keys, backlit, typing, number pad, space bar"
    ),
    "multimedia_devices": _driver(
        "Sound, speakers, webcam and microphone",
        "speakers, sound, audio, webcam, camera, microphone, volume",
    ),
    "os": _driver("The operating system", "operating system, windows, chrome os, update, boot"),
    "battery": _driver(
        "Battery life and charging", "battery, charge, battery life, hours on one charge"
    ),
    "support": _driver(
        "Customer support and service",
        "customer service, tech support, called support, representative, repair",
    ),
    "company": _driver("The maker or seller as a company", "company, brand, seller, manufacturer"),
    "hard_disk": _driver(
        "The drive and its storage", "hard drive, ssd, storage, disk space, gigabytes"
    ),
    "hardware": _driver(
        "Inner hardware and components", "hardware, components, motherboard, specs"
    ),
    "shipping": _driver(
        "Shipping, delivery and packaging", "shipping, delivered, arrived, packaging, box, on time"
    ),
    "laptop_general": _driver(
        "The laptop as a whole",
        "great laptop, love this computer, recommend, would buy again, best laptop, disappointed",
    ),
    "laptop_operation_performance": _driver(
        "How fast and well it runs", "fast, slow, performance, runs smoothly, freezes, lag, crashes"
    ),
    "laptop_design_features": _driver(
        "Design and features", "design, features, looks, slim, lightweight, ports, colour"
    ),
    "laptop_quality": _driver(
        "Quality and durability", "build quality, well made, broke, defective, stopped working"
    ),
    "laptop_price": _driver(
        "Price and value for money", "price, value, cheap, expensive, worth the money, deal"
    ),
    "laptop_usability": _driver(
        "How easy it is to use and set up", "easy to use, easy to set up, user friendly, difficult"
    ),
    "laptop_portability": _driver(
        "How easy it is to carry", "portable, carry, travel, light weight, heavy"
    ),
}

CLOTHING: Drivers = {
    "general": _driver(
        "The garment or shoe as a whole",
        "love them, great product, recommend, would buy again, disappointed, favourite pair",
    ),
    "size": _driver(
        "Size and fit", "size, fit, too small, too big, tight, runs large, true to size, long"
    ),
    "quality": _driver(
        "Quality, material and comfort",
        "quality, material, fabric, comfortable, fell apart, thin, durable, well made, soft",
    ),
    "looking": _driver(
        "Looks: colour, style, design", "looks, colour, style, cute, compliments, design, picture"
    ),
    "prices": _driver(
        "Price and value for money", "price, cheap, expensive, worth the money, value, deal"
    ),
    "service": _driver(
        "Service of the shop: delivery, returns, seller",
        "seller, shipping, return, refund, arrived, customer service, wrong item",
    ),
}

RESTAURANT: Drivers = {
    "food_quality": _driver(
        "How the food tastes",
        "delicious, tasty, fresh, bland, dish, overcooked, flavour, best pizza",
    ),
    "food_style_options": _driver(
        "The menu: choice, portions and style of the dishes",
        "menu, portions, selection, variety, choices, vegetarian options, small portion",
    ),
    "drinks": _driver("Drinks", "wine list, cocktails, beer, drinks, sake, coffee"),
    "prices": _driver(
        "Prices and value for money", "price, expensive, overpriced, cheap, reasonable, bill"
    ),
    "service": _driver(
        "Service and staff",
        "service, waiter, waitress, staff, rude, attentive, friendly, waited for a table",
    ),
    "ambience": _driver(
        "Atmosphere, decor and space", "atmosphere, decor, music, romantic, noisy, crowded, cosy"
    ),
    "location": _driver("Where it is", "location, neighbourhood, view, close to, street"),
    "restaurant_general": _driver(
        "The restaurant as a whole",
        "great restaurant, will be back, recommend this place, favourite place, never again",
    ),
    "restaurant_miscellaneous": _driver(
        "Other things: reservations, occasions, opening hours, guests",
        "reservation, birthday, opening hours, for groups, delivery, take out, children",
    ),
}

_RESTAURANT_PARTS = {
    "FOOD#PRICES": "prices",
    "DRINKS#PRICES": "prices",
    "RESTAURANT#PRICES": "prices",
    "DRINKS#QUALITY": "drinks",
    "DRINKS#STYLE_OPTIONS": "drinks",
    "SERVICE#GENERAL": "service",
    "AMBIENCE#GENERAL": "ambience",
    "LOCATION#GENERAL": "location",
}


def _laptop(category: str) -> str:
    entity = category.split("#")[0]
    return (category.replace("#", "_") if entity == "LAPTOP" else entity).lower()


def _clothing(category: str) -> str:
    entity, attribute = category.split("#")
    return ("service" if entity == "Service" else attribute).lower()


def _restaurant(category: str) -> str:
    return _RESTAURANT_PARTS.get(category, category.replace("#", "_").lower())


OWN: dict[str, OwnTaxonomy] = {
    "memd_laptop": OwnTaxonomy(
        "parts of a laptop, and the attributes of the whole", LAPTOP, _laptop
    ),
    "memd_clothing": OwnTaxonomy("attributes of any garment, and service", CLOTHING, _clothing),
    "semeval16_restaurants": OwnTaxonomy(
        "its categories, those of prices and of drinks put together", RESTAURANT, _restaurant
    ),
}
