"""What LaTeX commands look like in Unicode: tables only."""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ORDINARY = _pairs("""
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
    nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ
    omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄
    neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ degree ° circ ∘ bullet • star ⋆ ast ∗ cdot · cdotp · odot ⊙ prime ′ dagger †
    ldots … dots … dotsc … dotsb … dotsm … dotso … cdots ⋯ vdots ⋮ ddots ⋱ checkmark ✓ square □ blacksquare ■ triangle △
    % % $ $ # # & & _ _ vert | Vert ‖ | ‖ backslash \\ imath ı jmath ȷ surd √ slash / colon :
""")
OPENING = _pairs("{ { lbrace { lbrack [ langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖")
CLOSING = _pairs("} } rbrace } rbrack ] rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖")
RELATIONS = _pairs("""
    le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝
    in ∈ ni ∋ notin ∉ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ to → rightarrow → longrightarrow → leftarrow ← gets ←
    leftrightarrow ↔ Rightarrow ⇒ Longrightarrow ⇒ implies ⇒ Leftarrow ⇐ impliedby ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦
    uparrow ↑ downarrow ↓ mid | parallel ∥ perp ⊥ coloneqq ≔ triangleq ≜ doteq ≐ prec ≺ succ ≻ vdash ⊢ models ⊨
    xrightarrow → xleftarrow ← hookrightarrow ↪ lt < gt >
""")
BINARY = _pairs("""
    times × div ÷ pm ± mp ∓ cup ∪ cap ∩ setminus ∖ oplus ⊕ otimes ⊗ wedge ∧ land ∧ vee ∨ lor ∨ bmod mod
""")
BIG = _pairs("sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂")
WORDS = _words("""
    exp log ln lg sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min sup inf lim limsup liminf
    arg det dim ker gcd deg hom Pr mod
""")
SPACES = {
    ",": " ",
    ";": " ",
    ":": " ",
    ">": " ",
    " ": " ",
    "~": " ",
    "quad": " ",
    "qquad": " ",
    "enspace": " ",
    "!": "",
}
SILENT = _words("""
    left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr limits nolimits displaystyle
    textstyle scriptstyle nonumber notag hline rm bf it
""")
NAMES = _words("operatorname mathrm text textrm textbf textit texttt textsf mathsf mathtt mathop mbox hbox")
TRANSPARENT = _words("""
    mathbf boldsymbol bm mathit mathnormal boxed underline mathstrut smash mathbin mathrel mathord pmb
""")
FRACTIONS = _words("frac dfrac tfrac cfrac")
STACKED = _words("overset underset stackrel")
DROPPED = _words("tag label phantom hspace vspace")
OVER_UNDER = _words("underbrace overbrace")
MATRICES = _words("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases")
ALIGNED = _words("aligned align gathered split equation align* equation* gather gather*")
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
}  # fmt: skip
ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}

SUPERSCRIPTS = dict(zip(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′∗*∘†",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′**°†",
    strict=True,
))  # fmt: skip
SUBSCRIPTS = dict(zip(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True
))  # fmt: skip

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _alphabet(first: int, exceptions: str) -> dict[str, str]:
    """Unicode's alphabet that starts at `first`, with the letters that stand elsewhere."""
    return {letter: chr(first + place) for place, letter in enumerate(_LETTERS)} | _pairs(exceptions)


ALPHABETS = {
    "mathbb": _alphabet(0x1D538, "C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ 1 𝟙 0 𝟘"),
    "mathcal": _alphabet(0x1D49C, "B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ"),
    "mathfrak": _alphabet(0x1D504, "C ℭ H ℌ I ℑ R ℜ Z ℨ"),
}
ALPHABETS["mathscr"] = ALPHABETS["mathcal"]
