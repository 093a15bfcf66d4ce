"""How servers say that a prompt is too long, and what they say besides."""

from __future__ import annotations

import pytest

from index.overflow import Overflow, read_overflow

# The window, the prompt's tokens, and the sentence that tells them.
WORDINGS = """
4097 6988 | This model's maximum context length is 4097 tokens. However, your messages resulted in
  6988 tokens. Please reduce…
4097 624 | This model's maximum context length is 4097 tokens. However, you requested 8191 tokens
  (624 in the messages, 7567 in the…
4097 8990 | This model's maximum context length is 4097 tokens. However, you requested 9000 tokens
  (8990 in your prompt; 10 for the…
4097 5000 | This model's maximum context length is 4097 tokens. However, your request has 5000
  input tokens. Please reduce the…
4096 5012 | The decoder prompt (length 5012) is longer than the maximum model length of 4096.
272000 289650 | Input tokens exceed the configured limit of 272000 tokens. Your messages resulted
  in 289650 tokens. Please reduce the length of the messages.
8192 20001 | request (20001 tokens) exceeds the available context size (8192 tokens), try…
- - | the request exceeds the available context size. try increasing the context…
4096 15857 | Trying to keep the first 15857 tokens when context the overflows. However, the model
  is loaded with context length of only 4096 tokens, which is not enough.
4096 13055 | The number of tokens to keep from the initial prompt is greater than the context
  length (n_keep: 13055>= n_ctx: 4096). Try to load the model with a larger context length
2048 2285 | Requested tokens (2285) exceed context window of 2048
32768 51587 | Prompt too long: 51587 tokens exceeds max context window of 32768 tokens
4096 5012 | Input validation error: `inputs` must have less than 4096 tokens. Given: 5012
4097 5012 | `inputs` tokens + `max_new_tokens` must be <= 4097. Given: 5012 `inputs` tokens and 0
  `max_new_tokens`
200000 213462 | prompt is too long: 213462 tokens > 200000 maximum
200000 - | input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000
1048575 1196265 | The input token count (1196265) exceeds the maximum number of tokens allowed
  (1048575).
32768 40000 | Prompt contains 40,000 tokens and 0 draft tokens, too large for model with 32,768
  maximum context length
- - | Please reduce the length of the messages or completion.
131072 537812 | This model's maximum prompt length is 131072 but the request contains 537812
  tokens.
32768 39000 | This endpoint's maximum context length is 32768 tokens. However, you requested about
  40000 tokens (39000 of text input, 1000 in the output).
64000 65204 | prompt token count of 65204 exceeds the limit of 64000
8000 - | Request body too large for gpt-4o model. Max size: 8000 tokens.
8192 9001 | Your request exceeded model token limit: 8192 (requested: 9001)
30000 40234 | Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40234.
8192 9000 | Please reduce the length of the messages. Current length is 9000 while limit is 8192
4096 5012 | The input (5012 tokens) is longer than the model's context length (4096 tokens).
4096 5500 | Requested token count exceeds the model's maximum context length of 4096 tokens. You
  requested a total of 6000 tokens: 5500 tokens from the input messages and 500 …
131071 140000 | The prompt is too long: 140000, model maximum context length: 131071
- - | Your input exceeds the context window of this model.
- - | Input is too long for requested model.
- - | 413 Request Entity Too Large
"""


def rows():
    """The table's rows; a line that is set in belongs to the one before."""
    for row in WORDINGS.strip().replace("\n  ", " ").splitlines():
        numbers, said = row.split(" | ", 1)
        window, tokens = (None if n == "-" else int(n) for n in numbers.split())
        yield pytest.param(said, window, tokens, id=said[:40])


@pytest.mark.parametrize(("said", "window", "tokens"), list(rows()))
def test_every_servers_wording(said, window, tokens):
    """The window and the prompt's size are taken from the sentence that each server writes."""
    assert read_overflow(said) == Overflow(window, tokens)


def test_numbers_outside_of_the_sentence():
    """llama.cpp gives the numbers beside the message, also within a stream."""
    body = {"code": 400, "type": "exceed_context_size_error", "n_prompt_tokens": 1407, "n_ctx": 256}
    assert read_overflow("too much", body) == Overflow(256, 1407)
    assert read_overflow("no", {"code": "context_length_exceeded"}) == Overflow()


@pytest.mark.parametrize(
    "said",
    [
        "Unsupported parameter: 'max_tokens' is not supported with this model.",
        "max_tokens is too large: 20000. This model supports at most 16384 completion tokens",
        "Rate limit reached for requests",
        "Invalid API key",
        "The server is overloaded or not ready yet.",
        "Unknown model",
        "",
    ],
)
def test_other_refusals_are_something_else(said):
    """A shorter prompt would not help there, and nothing false is learned."""
    assert read_overflow(said) is None
