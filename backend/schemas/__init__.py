"""What every answer looks like, for the OpenAPI documents and the tests that hold answers to them.

Answers are made with orjson and sent as they are: nothing here runs when a request is answered.
"""
